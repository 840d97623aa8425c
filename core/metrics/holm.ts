/**
 * p-values after Holm's correction for several tests (Holm 1979), in the order given: the i-th
 * smallest of m is multiplied by m − i + 1, raised to those before it, and held to 1. Rejecting
 * where the result is ≤ α keeps the chance of even one false rejection at α or under, however the
 * tests depend on each other.
 *
 * @throws {RangeError} if a p-value is not in [0, 1].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  checkPValues(pValues);
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b] || a - b);
  const corrected = new Array<number>(pValues.length);
  let greatest = 0;
  order.forEach((index, i) => {
    greatest = Math.max(greatest, Math.min(1, (pValues.length - i) * pValues[index]));
    corrected[index] = greatest;
  });
  return corrected;
}

/** @throws {RangeError} if a value is not in [0, 1]. */
export function checkPValues(pValues: readonly number[]): void {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot combine p-values as each must be in [0, 1]: current value is ${wrong}`,
    );
  }
}
