/** Samples that stand in several lists, for {@linkcode clusterById}. */
export interface Clusters {
  /** Distinct ids, in the order of their first appearance. */
  ids: string[];
  /** For each list and each distinct id, the id's row in the list, or −1. */
  rows: Int32Array[];
}

/**
 * Finds the samples that several lists share, so that a resample draws a sample everywhere at once
 * (a test image is one unit, however many models and replicates answer it).
 *
 * @param lists Ids of each list; unique within a list.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { ids, rows } = clusterById([["a", "b"], ["b", "c"]]);
 * assert.deepEqual(ids, ["a", "b", "c"]);
 * assert.deepEqual(rows.map((own) => [...own]), [[0, 1, -1], [-1, 0, 1]]);
 * ```
 */
export function clusterById(lists: readonly (readonly string[])[]): Clusters {
  const index = new Map<string, number>();
  for (const list of lists) {
    for (const id of list) if (!index.has(id)) index.set(id, index.size);
  }
  const rows = lists.map((list) => {
    const own = new Int32Array(index.size).fill(-1);
    list.forEach((id, row) => own[index.get(id)!] = row);
    return own;
  });
  return { ids: [...index.keys()], rows };
}

/** The rows of one list for the drawn clusters; clusters that it lacks are left out. */
export function rowsOfDraw(draw: Int32Array, rows: Int32Array): Int32Array {
  const own = new Int32Array(draw.length);
  let n = 0;
  for (const cluster of draw) if (rows[cluster] >= 0) own[n++] = rows[cluster];
  return n === own.length ? own : own.subarray(0, n);
}
