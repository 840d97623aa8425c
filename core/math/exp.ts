import { scale } from "./bits.ts";

const INVERSE_LN2 = 1.4426950408889634;
const LN2_HIGH = 0.6931471804855391; // the first 33 bits, so that k·LN2_HIGH is exact
const LN2_LOW = 7.440617110012397e-11;

/** 1/n! for n = 13 … 3. */
const TAYLOR = [
  1 / 6227020800,
  1 / 479001600,
  1 / 39916800,
  1 / 3628800,
  1 / 362880,
  1 / 40320,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
];

/**
 * The exponential function in binary64, within 1 ULP (2 where the result is subnormal), the same
 * bits on every machine.
 *
 * x = k·ln 2 + r with |r| ≤ ln 2 / 2 (Cody & Waite 1980), the Taylor series of degree 13 at r, the
 * rounding error of r carried as a second word.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(exp(1), 2.718281828459045);
 * ```
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const rest = (high - r) - low;
  let p = 0;
  for (const coefficient of TAYLOR) p = p * r + coefficient;
  const square = r * r;
  const tail = square * (0.5 + r * p) + (rest + r * rest);
  return scale(1 + (r + tail), k);
}
