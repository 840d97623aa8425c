import { cosineSeries, reduce, sineSeries } from "./trigonometry.ts";

/**
 * The sine of x radians in binary64, within 1 ULP, the same bits on every machine.
 *
 * @throws {RangeError} if |x| > 2²⁰.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(Math.abs(sin(Math.PI / 6) - 0.5) < 1e-15);
 * ```
 */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (x === 0) return x;
  const { quadrant, angle, rest } = reduce(x);
  const value = quadrant & 1 ? cosineSeries(angle, rest) : sineSeries(angle, rest);
  return quadrant & 2 ? -value : value;
}
