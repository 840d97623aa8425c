/** Samples of one class that were given another. */
export interface ConfusedPair {
  /** Index of the right class. */
  label: number;
  /** Index of the class given. */
  predicted: number;
  /** Number of samples, from 1 up. */
  count: number;
  /** Share of the samples of the right class, in (0, 1]. */
  share: number;
}

/**
 * The most frequent confusions, the most frequent one first, then in the order of the right class
 * and of the class given.
 *
 * @param confusion Counts: a row for each right class, a column for each given.
 * @param most How many at most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [first] = mostConfused([[6, 2, 0], [1, 4, 3], [0, 0, 5]], 2);
 * assert.deepEqual(first, { label: 1, predicted: 2, count: 3, share: 3 / 8 });
 * ```
 */
export function mostConfused(
  confusion: readonly (readonly number[])[],
  most: number,
): ConfusedPair[] {
  return confusion.flatMap((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted) => ({ label, predicted, count, share: count / total }));
  }).filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count || a.label - b.label || a.predicted - b.predicted)
    .slice(0, most);
}
