/**
 * The `samples` table: what is known of each image, row i for image i.
 *
 * @module
 */
import { parseCsv, stringifyCsv } from "./formats/csv.ts";

/** What is known of one image. */
export interface Sample {
  /** Unique name. */
  id: string;
  /** Name of its class. */
  label: string;
  /** What a grouped split keeps together; empty where the set has no groups. */
  group: string;
  /** The `id` of the image that this one was made from; else its own. */
  origin: string;
}

/** Writes the table as CSV. */
export function stringifySamples(samples: readonly Sample[]): Promise<string> {
  return stringifyCsv(
    ["id", "label", "group", "origin"],
    samples.map(({ id, label, group, origin }) => [id, label, group, origin]),
  );
}

/**
 * Reads the table.
 *
 * @throws {SyntaxError} if it is damaged, or two rows have the same id.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const samples = await parseSamples("id,label,group,origin\na1,a,,a1\n");
 * assert.deepEqual(samples, [{ id: "a1", label: "a", group: "", origin: "a1" }]);
 * ```
 */
export async function parseSamples(text: string): Promise<Sample[]> {
  const columns = { id: "text", label: "text", group: "text", origin: "text" } as const;
  const samples = await parseCsv(text, columns, "samples table");
  const seen = new Set<string>();
  for (const { id } of samples) {
    if (seen.has(id)) {
      throw new SyntaxError(`Cannot read samples table: id ${JSON.stringify(id)} stands twice`);
    }
    seen.add(id);
  }
  return samples;
}
