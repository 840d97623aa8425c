import { cosineSeries, reduce, sineSeries } from "./trigonometry.ts";

/**
 * The cosine of x radians in binary64, within 1 ULP, the same bits on every machine.
 *
 * @throws {RangeError} if |x| > 2²⁰.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(Math.abs(cos(Math.PI / 3) - 0.5) < 1e-15);
 * ```
 */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  const { quadrant, angle, rest } = reduce(x);
  const value = quadrant & 1 ? sineSeries(angle, rest) : cosineSeries(angle, rest);
  return quadrant === 1 || quadrant === 2 ? -value : value;
}
