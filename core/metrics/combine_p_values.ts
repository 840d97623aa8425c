import { checkPValues } from "./holm.ts";
import { median } from "./spread.ts";

/**
 * One p-value of several tests of the same hypothesis that may depend on each other in any way, as
 * tests of several seeds on the same samples do: twice the median (Rüger 1978), at most 1. A single
 * p-value stays as it is.
 *
 * @throws {RangeError} if there is none, or one is not in [0, 1].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(combinePValues([0.01, 0.2, 0.02]), 0.04);
 * ```
 */
export function combinePValues(pValues: readonly number[]): number {
  checkPValues(pValues);
  if (pValues.length === 0) {
    throw new RangeError("Cannot combine p-values as there is none");
  }
  return pValues.length === 1 ? pValues[0] : Math.min(1, 2 * median(pValues));
}
