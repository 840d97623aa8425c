import { split } from "./bits.ts";

const LN2_HIGH = 0.6931471804855391; // the first 33 bits, so that k·LN2_HIGH is exact
const LN2_LOW = 7.440617110012397e-11;

/** 2/(2n+1) for n = 11 … 1. */
const SERIES = [2 / 23, 2 / 21, 2 / 19, 2 / 17, 2 / 15, 2 / 13, 2 / 11, 2 / 9, 2 / 7, 2 / 5, 2 / 3];

/**
 * The natural logarithm in binary64, within 1 ULP, the same bits on every machine; −∞ at ±0, NaN
 * below.
 *
 * x = 2ᵏ·(1 + f) with 1 + f in [√½, √2), s = f/(2 + f), and
 * ln(1 + f) = f − (f²/2 − s·(f²/2 + R)), where R = ⅔s² + ⅖s⁴ + … is the series of 2·artanh(s)/s − 2.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(log(10), 2.302585092994046);
 * ```
 */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  const { significand, exponent: k } = split(x);
  const f = significand - 1;
  const s = f / (2 + f);
  const square = s * s;
  let r = 0;
  for (const coefficient of SERIES) r = (r + coefficient) * square;
  const half = 0.5 * f * f;
  return k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f);
}
