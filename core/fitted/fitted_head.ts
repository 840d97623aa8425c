/**
 * Heads that are fitted in one go: no epochs, no optimiser.
 *
 * @module
 */
import type { Shape } from "../ops.ts";

/** What such a head is saved as, by name. */
export type FittedArrays = Record<
  string,
  | { dtype: "F32"; shape: Shape; data: Float32Array<ArrayBuffer> }
  | { dtype: "I32"; shape: Shape; data: Int32Array<ArrayBuffer> }
>;

/** Labelled samples in memory. */
export interface LabelledRows {
  /** Features `[n, d]`, finite, row-major. */
  x: Float32Array<ArrayBuffer>;
  /** Class of each sample `[n]`. */
  labels: Int32Array<ArrayBuffer>;
  /** Number of features d. */
  dimension: number;
  /** Number of classes k. */
  classes: number;
}

/** A head's answers, in the order of the samples. */
export interface FittedPrediction {
  /** `[n, k]`, row-major. */
  probabilities: Float32Array<ArrayBuffer>;
  /** Classes `[n]`, the first among equals. */
  predicted: Int32Array<ArrayBuffer>;
}

/** A fitted head, ready to answer. */
export interface FittedHead {
  /**
   * Answers some samples; what it answers to one does not depend on the others.
   *
   * @param x `[n, d]`, finite, row-major.
   */
  predict(x: Float32Array<ArrayBuffer>, n: number): Promise<FittedPrediction>;
}
