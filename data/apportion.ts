/**
 * Shares out a whole number by weights: each share is its exact part rounded down or up, and
 * they sum to the total (largest remainder; of equal remainders the first).
 *
 * @param total Integer from 0.
 * @param weights Numbers from 0, not all 0.
 * @throws {RangeError} if the total or a weight is not as above.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(apportion(7, [0.8, 0.1, 0.1]), [5, 1, 1]);
 * ```
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  if (!Number.isSafeInteger(total) || total < 0) {
    throw new RangeError(
      `Cannot apportion as the total must be an integer from 0: current value is ${total}`,
    );
  }
  const sum = weights.reduce((sum, weight) => sum + weight, 0);
  if (!weights.every((weight) => weight >= 0) || !(sum > 0 && sum < Infinity)) {
    throw new RangeError(
      `Cannot apportion as weights must be from 0 and not all 0: current value is [${weights}]`,
    );
  }
  const exact = weights.map((weight) => total * weight / sum);
  const shares = exact.map(Math.floor);
  const remainder = (i: number) => exact[i]! - shares[i]!;
  const rest = total - shares.reduce((sum, share) => sum + share, 0);
  const order = weights.map((_, i) => i).sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const i of order.slice(0, rest)) shares[i]!++;
  return shares;
}
