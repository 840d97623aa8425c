import { binEdges, binOf } from "./bin_edges.ts";

/** Features as numbers of bins. */
export interface BinnedFeatures {
  /** Edges of the bins of each feature. */
  edges: Float32Array<ArrayBuffer>[];
  /** Bins `[d, n]`: those of a feature lie together. */
  codes: Uint8Array<ArrayBuffer>;
}

/** Features that are read at a time, so that neighbours in a row share a line of the cache. */
const BLOCK = 16;

/**
 * Puts each feature's values into bins of its own.
 *
 * @param x `[n, d]`, finite, row-major.
 * @param n At least 1.
 * @param bins At most so many a feature, in [2, 256].
 */
export function binFeatures(x: Float32Array, n: number, d: number, bins: number): BinnedFeatures {
  const codes = new Uint8Array(n * d);
  const edges: Float32Array<ArrayBuffer>[] = [];
  const values = Array.from({ length: BLOCK }, () => new Float32Array(n));
  for (let from = 0; from < d; from += BLOCK) {
    const count = Math.min(BLOCK, d - from);
    for (let row = 0; row < n; row++) {
      for (let j = 0; j < count; j++) values[j][row] = x[row * d + from + j];
    }
    for (let j = 0; j < count; j++) {
      const own = binEdges(values[j].slice().sort(), bins);
      edges.push(own);
      const at = (from + j) * n;
      for (let row = 0; row < n; row++) codes[at + row] = binOf(own, values[j][row]);
    }
  }
  return { edges, codes };
}
