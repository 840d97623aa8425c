import { exp } from "../math/exp.ts";

/**
 * Probabilities of classes by their squared distances: p is proportional to exp(−scale · distance²).
 * The sum is in binary64, in the order of the classes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...softmaxOfDistances(new Float64Array([3, 3]), 1)], [0.5, 0.5]);
 * ```
 */
export function softmaxOfDistances(squares: Float64Array, scale: number): Float64Array {
  const least = squares.reduce((a, b) => Math.min(a, b));
  const weights = squares.map((square) => exp(-scale * (square - least)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Σ_c p_c D_c − D_label of one sample, without making arrays: there are millions of these. */
function slopeOf(
  squares: Float64Array,
  from: number,
  k: number,
  label: number,
  scale: number,
): number {
  let least = Infinity;
  for (let c = 0; c < k; c++) least = Math.min(least, squares[from + c]);
  let total = 0;
  let weighted = 0;
  for (let c = 0; c < k; c++) {
    const weight = exp(-scale * (squares[from + c] - least));
    total += weight;
    weighted += weight * squares[from + c];
  }
  return weighted / total - squares[from + label];
}

/** Halvings of the range that the scale is sought in: more than binary32 tells apart. */
const HALVINGS = 40;
/** The range, as powers of 2 over the mean squared distance. */
const GREATEST_POWER = 20;
/** Binary32 holds it, and its product with any squared distance is a number. */
const GREATEST_SCALE = 2 ** 100;

/**
 * The scale under which the samples' classes are most likely: the log-likelihood is concave in it,
 * and its slope, `Σ (Σ_c p_c D_c − D_label)` with D the squared distances, changes its sign there.
 * Where the samples lie nearest to their own centroids whatever the scale, the end of the range
 * (2²⁰ over the mean squared distance) is taken.
 *
 * @param squares Squared distances `[n, k]`, row-major.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * // Three of four samples are nearer to their own centroid, by 1: p = 3/4 where e^−s = 1/3.
 * const squares = new Float64Array([0, 1, 0, 1, 0, 1, 0, 1]);
 * const scale = fitScale(squares, new Int32Array([0, 0, 0, 1]), 2);
 * assert.ok(Math.abs(scale - Math.log(3)) < 1e-6);
 * ```
 */
export function fitScale(squares: Float64Array, labels: Int32Array, k: number): number {
  const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  if (mean === 0) return 1;
  const slope = (scale: number) => {
    let sum = 0;
    for (let i = 0; i < labels.length; i++) sum += slopeOf(squares, i * k, k, labels[i], scale);
    return sum;
  };
  // Halved by ratio: roots are rounded alike everywhere.
  let low = 2 ** -GREATEST_POWER / mean;
  let high = 2 ** GREATEST_POWER / mean;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = Math.sqrt(low * high);
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.min(high, GREATEST_SCALE);
}
