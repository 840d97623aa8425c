/**
 * What grows trees: the contract of the compiled kernels and of the plain reference, which give the
 * same bits.
 *
 * @module
 */
import type { Random } from "../random/stream.ts";

/** Labelled samples whose features are numbers of bins. */
export interface BinnedSamples {
  /** Number of samples n. */
  rows: number;
  /** Number of features d. */
  dimension: number;
  /** Number of classes k. */
  classes: number;
  /** Bins `[d, n]`: those of a feature lie together. */
  codes: Uint8Array<ArrayBuffer>;
  /** Class of each sample `[n]`. */
  labels: Int32Array;
}

/** When a node is split, and by what. */
export interface TreeLimits {
  /** Features that are looked at for each split, in [1, d]. */
  maxFeatures: number;
  /** Splits on the way to a leaf, at most. */
  maxDepth: number;
  /** Samples in a leaf, at least; a sample that was drawn twice is one. */
  minLeaf: number;
}

/**
 * A tree. Nodes are in preorder, the left child of a node is the next one; leaves are in the order
 * of their nodes.
 */
export interface GrownTree {
  /** Feature of each node, −1 of a leaf. */
  features: Int32Array<ArrayBuffer>;
  /** Last bin on the left of each node, 0 of a leaf. */
  bins: Int32Array<ArrayBuffer>;
  /** Right child of each node, number of each leaf. */
  links: Int32Array<ArrayBuffer>;
  /** Weights of the classes in each leaf `[leaves, k]`. */
  leaves: Int32Array<ArrayBuffer>;
}

/**
 * Grows trees on the samples that it was made for.
 *
 * A node with images of several classes is split where, with L and R the weights of the classes
 * on the left and on the right, `Σ L² ÷ Σ L + Σ R² ÷ Σ R` is greatest: where the weighted mean of the
 * children's Gini impurities is least (Breiman, Friedman, Olshen & Stone 1984). The sums are
 * integers, exact in binary64; two divisions and one addition are rounded. Features are drawn one
 * by one without being put back, until as many as asked were looked at and one of them has more than
 * one bin in the node; among equals the feature drawn first and the lowest bin are taken. Between two
 * neighbouring bins a < b of the node, the last bin on the left is ⌊(a + b) / 2⌋.
 *
 * The draw number j = 0, 1, … of a node swaps entries j and `j + random.integer(d − j)` of a list of
 * the features, which begins in order for each tree and is never put back in order; nodes draw in
 * preorder.
 */
export interface TreeGrower {
  /**
   * Grows one tree.
   *
   * @param weights Weight of each sample `[n]`, an integer from 0 up; a sample of weight 0 is not in the tree. At most
   * 2²⁶ in all.
   * @param random What features are drawn by, from its beginning.
   * @throws {RangeError} if no weight is above 0.
   */
  grow(weights: Int32Array, random: Random): GrownTree;
}

/** Greatest sum of a tree's weights: the sum of their squares is exact in binary64. */
export const GREATEST_WEIGHT = 2 ** 26;

/** Rows with a weight above 0, ascending. */
export function weightedRows(weights: Int32Array): Int32Array<ArrayBuffer> {
  const rows = new Int32Array(weights.length);
  let count = 0;
  weights.forEach((weight, row) => {
    if (weight > 0) rows[count++] = row;
  });
  if (count === 0) {
    throw new RangeError("Cannot grow a tree as no sample has a weight above 0");
  }
  return rows.slice(0, count);
}
