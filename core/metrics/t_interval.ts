import { mean } from "../nn/mean.ts";
import type { Interval } from "./bootstrap.ts";
import { standardDeviation } from "./spread.ts";
import { studentTQuantile } from "./student_t.ts";

/**
 * The interval of the mean of n values by Student's t: mean ± t·s/√n, t being the quantile at
 * (1 + confidence)/2 with n − 1 degrees of freedom (Student 1908); `undefined` for fewer than two
 * values.
 *
 * It takes the values to be independent and about normal. Seeds on one split are, given the split:
 * the interval tells of the training's chance alone. Folds share most of their training images, so
 * that theirs is too narrow (Bengio & Grandvalet 2004).
 *
 * @throws {RangeError} if the confidence is not in (0, 1).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { low, high } = tInterval([1, 2, 3], 0.95)!;
 * assert.ok(Math.abs(low + 0.484) < 1e-3 && Math.abs(high - 4.484) < 1e-3);
 * ```
 */
export function tInterval(values: readonly number[], confidence: number): Interval | undefined {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `Cannot compute an interval as the confidence must be in (0, 1): current value is ${confidence}`,
    );
  }
  const n = values.length;
  if (n < 2) return undefined;
  const center = mean(values);
  const half = studentTQuantile((1 + confidence) / 2, n - 1) *
    standardDeviation(values) / Math.sqrt(n);
  return { low: center - half, high: center + half };
}
