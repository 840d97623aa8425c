/**
 * Where the bins of a feature end: a value x is in the bin numbered by how many edges are below it.
 *
 * With at most as many distinct values as bins, each has a bin of its own. With more, a bin takes
 * values in order until it holds its share of what is left, the samples over the bins; so a frequent
 * value fills a bin, and the others share the rest. An edge lies halfway between its value and the
 * next greater one, rounded to binary32; at the value itself, where that rounds up to the next.
 *
 * @param sorted Values of the feature, ascending, n ≥ 1.
 * @param bins At most so many, in [2, 256].
 * @returns Ascending, distinct, fewer than `bins`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...binEdges(new Float32Array([0, 0, 1, 3]), 256)], [0.5, 2]);
 * assert.deepEqual([...binEdges(new Float32Array([0, 0, 1, 3]), 2)], [0.5]);
 * ```
 */
export function binEdges(sorted: Float32Array, bins: number): Float32Array<ArrayBuffer> {
  const n = sorted.length;
  /** Last rank, from 0, of each distinct value but the greatest. */
  const ends: number[] = [];
  for (let i = 0; i + 1 < n; i++) if (sorted[i] < sorted[i + 1]) ends.push(i);
  const kept = ends.length < bins ? ends : shareOut(ends, n, bins);
  return Float32Array.from(kept, (end) => {
    const [value, next] = [sorted[end], sorted[end + 1]];
    const middle = Math.fround((value + next) / 2);
    return middle < next ? middle : value;
  });
}

/** Last ranks of all bins but the last one. */
function shareOut(ends: readonly number[], n: number, bins: number): number[] {
  const kept: number[] = [];
  let from = 0;
  for (const end of ends) {
    const left = bins - kept.length;
    if (left === 1) break;
    if ((end + 1 - from) * left < n - from) continue;
    kept.push(end);
    from = end + 1;
  }
  return kept;
}

/** Number of the bin of a value: how many edges are below it. */
export function binOf(edges: Float32Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
