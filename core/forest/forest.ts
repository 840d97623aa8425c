/**
 * A random forest that was grown: its trees on plain features, and what they answer.
 *
 * @module
 */

import { argmax } from "../fitted/argmax.ts";
import type { FittedHead } from "../fitted/fitted_head.ts";

/** Trees one after the other, each with its nodes in preorder. */
export interface Forest {
  /** Number of features d. */
  dimension: number;
  /** Number of classes k. */
  classes: number;
  /** Root of each tree `[trees]`. */
  roots: Int32Array<ArrayBuffer>;
  /** Feature that each node asks about, −1 of a leaf `[nodes]`. */
  features: Int32Array<ArrayBuffer>;
  /** Greatest value that goes to the left, 0 of a leaf `[nodes]`. */
  thresholds: Float32Array<ArrayBuffer>;
  /**
   * Of a node that asks, its right child (the left one is the next node); of a leaf, its row in
   * `shares` `[nodes]`.
   */
  links: Int32Array<ArrayBuffer>;
  /** Shares of the classes in leaves, each row once `[m, k]`. */
  shares: Float32Array<ArrayBuffer>;
}

/** Row of `shares` of the leaf that a sample comes to. */
export function leafOf(forest: Forest, root: number, x: Float32Array, from: number): number {
  const { features, thresholds, links } = forest;
  let node = root;
  for (;;) {
    const feature = features[node];
    if (feature < 0) return links[node];
    node = x[from + feature] <= thresholds[node] ? node + 1 : links[node];
  }
}

/**
 * Probabilities of the classes: means over the trees of the shares in the leaves that a sample comes
 * to. Sums are in binary64 in the order of the trees, and rounded once divided.
 *
 * @param x `[n, d]`, row-major.
 * @returns `[n, k]`, row-major.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const forest = {
 *   dimension: 1,
 *   classes: 2,
 *   roots: new Int32Array([0]),
 *   features: new Int32Array([0, -1, -1]), // x ≤ 5?
 *   thresholds: new Float32Array([5, 0, 0]),
 *   links: new Int32Array([2, 0, 1]),
 *   shares: new Float32Array([1, 0, 0.25, 0.75]),
 * };
 * assert.deepEqual([...predictForest(forest, new Float32Array([3, 7]), 2)], [1, 0, 0.25, 0.75]);
 * ```
 */
export function predictForest(
  forest: Forest,
  x: Float32Array,
  n: number,
): Float32Array<ArrayBuffer> {
  const { classes: k, dimension: d, roots, shares } = forest;
  const sums = new Float64Array(n * k);
  for (const root of roots) {
    for (let i = 0; i < n; i++) {
      const leaf = leafOf(forest, root, x, i * d);
      for (let c = 0; c < k; c++) sums[i * k + c] += shares[leaf * k + c];
    }
  }
  return Float32Array.from(sums, (sum) => sum / roots.length);
}

/**
 * A forest, ready to answer: the class of the greatest probability, the first among equals.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const forest = {
 *   dimension: 1,
 *   classes: 2,
 *   roots: new Int32Array([0]),
 *   features: new Int32Array([0, -1, -1]), // x ≤ 5?
 *   thresholds: new Float32Array([5, 0, 0]),
 *   links: new Int32Array([2, 0, 1]),
 *   shares: new Float32Array([1, 0, 0.25, 0.75]),
 * };
 * const { predicted } = await loadForest(forest).predict(new Float32Array([3, 7]), 2);
 * assert.deepEqual([...predicted], [0, 1]);
 * ```
 */
export function loadForest(forest: Forest): FittedHead {
  const { classes: k } = forest;
  return {
    predict(x, n) {
      const probabilities = predictForest(forest, x, n);
      const predicted = Int32Array.from(
        { length: n },
        (_, i) => argmax(probabilities.subarray(i * k, (i + 1) * k)),
      );
      return Promise.resolve({ probabilities, predicted });
    },
  };
}
