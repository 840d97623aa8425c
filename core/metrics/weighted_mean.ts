/**
 * Σ wᵢxᵢ / Σ wᵢ in binary64, added in order; NaN where a value is, whatever its weight.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(weightedMean([1, 4], [2, 1]), 2);
 * ```
 */
export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    sum += weights[i] * value;
    total += weights[i];
  });
  return sum / total;
}
