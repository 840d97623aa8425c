/**
 * Share of each class's samples that were given each class; scikit-learn's `confusion_matrix` with
 * `normalize="true"`. The row of a class without samples is 0.
 *
 * @param confusion Counts `[k, k]`, row-major: a row for each right class, a column for each given.
 * @returns Shares `[k, k]` in [0, 1]: rows sum to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...normalizeConfusion(new Int32Array([3, 1, 0, 2]), 2)], [0.75, 0.25, 0, 1]);
 * ```
 */
export function normalizeConfusion(confusion: Int32Array, classes: number): Float64Array {
  const shares = new Float64Array(classes * classes);
  for (let i = 0; i < classes; i++) {
    const row = confusion.subarray(i * classes, (i + 1) * classes);
    const total = row.reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    row.forEach((count, j) => shares[i * classes + j] = count / total);
  }
  return shares;
}
