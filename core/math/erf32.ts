import { exp32 } from "./exp32.ts";
import { fma32 } from "./fma32.ts";
import type { MultiplyAdd } from "./multiply_add.ts";

/** Up to this magnitude, erf32 is a polynomial. */
export const ERF32_SMALL = 0.875;
/** From this magnitude on, erf32 is ±1. */
export const ERF32_GREAT = 4;

/**
 * Coefficients of P with erf x ≈ x + x·P(x²), the highest first, rounded to binary32: the least
 * greatest relative error on [0, 0.875], by Remez's exchange.
 */
export const ERF32_SERIES: readonly number[] = [
  -0.0006203255034051836,
  0.005032181274145842,
  -0.026791462674736977,
  0.11282455176115036,
  -0.3761255145072937,
  0.12837915122509003,
];

/**
 * Coefficients of Q with erf x ≈ 1 − exp(−Q(x)), the highest first, rounded to binary32: the least
 * greatest error of erf on [0.875, 4], by Remez's exchange.
 */
export const ERF32_TAIL: readonly number[] = [
  -0.00019990120199508965,
  0.0030819943640381098,
  -0.022381024435162544,
  0.10425019264221191,
  0.6368206739425659,
  1.1278893947601318,
  0.00014421263767872006,
];

/**
 * The error function in binary32, within 2 ULP. The specification, step by step; one rounding each,
 * a = |x|; the result has the sign of x:
 *
 * 1. a ≤ ERF32_SMALL: z = a × a; p = ERF32_SERIES[0], then p = fma(p, z, ·) with the others;
 *    fma(a, p, a);
 * 2. else b = a, or ERF32_GREAT where a is greater; q = ERF32_TAIL[0], then q = fma(q, b, ·) with
 *    the others; 1 − exp32(−q); NaN gives NaN.
 *
 * @param x A binary32 number.
 * @param fma How products are added; another than the default for tests only.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(erf32(0), 0);
 * ```
 */
export function erf32(x: number, fma: MultiplyAdd = fma32): number {
  const y = magnitude(Math.abs(x), fma);
  return x < 0 || Object.is(x, -0) ? -y : y;
}

function magnitude(a: number, fma: MultiplyAdd): number {
  if (a <= ERF32_SMALL) {
    const z = Math.fround(a * a);
    let p = ERF32_SERIES[0];
    for (let i = 1; i < ERF32_SERIES.length; i++) p = fma(p, z, ERF32_SERIES[i]);
    return fma(a, p, a);
  }
  const b = a > ERF32_GREAT ? ERF32_GREAT : a;
  let q = ERF32_TAIL[0];
  for (let i = 1; i < ERF32_TAIL.length; i++) q = fma(q, b, ERF32_TAIL[i]);
  return Math.fround(1 - exp32(-q, fma));
}
