/**
 * Spread and middle of a few numbers, such as a model's scores over its replicates.
 *
 * @module
 */
import { mean } from "../nn/mean.ts";

/**
 * The standard deviation with n − 1 (Bessel's correction), by two passes in order; 0 of one value,
 * NaN of none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(standardDeviation([1, 2, 3]), 1);
 * ```
 */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return values.length === 1 ? 0 : NaN;
  const center = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - center) * (value - center);
  return Math.sqrt(sum / (values.length - 1));
}

/**
 * The middle value, or the mean of the two in the middle; NaN of none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(median([3, 1, 2]), 2);
 * assert.equal(median([4, 1, 2, 3]), 2.5);
 * ```
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
