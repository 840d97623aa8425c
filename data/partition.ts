/**
 * The `partition` table: what each image is used for, row i for image i.
 *
 * @module
 */
import { parseCsv, stringifyCsv } from "./formats/csv.ts";

/** What an image is used for, in this order everywhere. */
export const PARTITIONS = ["train", "validation", "test"] as const;

/** What an image is used for. */
export type Partition = typeof PARTITIONS[number];

/** Writes the table as CSV: the partition of each id. */
export function stringifyPartition(
  ids: readonly string[],
  partition: readonly Partition[],
): Promise<string> {
  return stringifyCsv(["id", "partition"], ids.map((id, i) => [id, partition[i]!]));
}

/**
 * Reads the table, held to the images' ids.
 *
 * @param ids Ids of the images, in order.
 * @throws {SyntaxError} if it is damaged, or does not list these ids in this order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const partition = await parsePartition("id,partition\na,train\nb,test\n", ["a", "b"]);
 * assert.deepEqual(partition, ["train", "test"]);
 * ```
 */
export async function parsePartition(text: string, ids: readonly string[]): Promise<Partition[]> {
  const rows = await parseCsv(text, { id: "text", partition: "text" }, "partition table");
  const fail = (why: string) => new SyntaxError(`Cannot read partition table: ${why}`);
  if (rows.length !== ids.length) {
    throw fail(`expected ${ids.length} rows, one for each image, found ${rows.length}`);
  }
  return rows.map(({ id, partition }, i) => {
    if (id !== ids[i]) {
      throw fail(
        `expected id ${JSON.stringify(ids[i])} in row ${i + 1}, found ${JSON.stringify(id)}`,
      );
    }
    if (!PARTITIONS.some((name) => name === partition)) {
      throw fail(
        `expected ${PARTITIONS.join(", ")} for id ${JSON.stringify(id)}, ` +
          `found ${JSON.stringify(partition)}`,
      );
    }
    return partition as Partition;
  });
}
