import { exp32 } from "./exp32.ts";
import { fma32 } from "./fma32.ts";
import type { MultiplyAdd } from "./multiply_add.ts";

/** Up to this magnitude, tanh32 is a polynomial. */
export const TANH32_SMALL = 0.625;

/**
 * Coefficients of P with tanh x ≈ x + x³·P(x²), the highest first, rounded to binary32: the least
 * greatest relative error on [0, 0.625], by Remez's exchange.
 */
export const TANH32_SERIES: readonly number[] = [
  -0.005717045161873102,
  0.02065058797597885,
  -0.05374349653720856,
  0.13331490755081177,
  -0.3333328366279602,
];

/**
 * The hyperbolic tangent in binary32, within 2 ULP. The specification, step by step; one rounding
 * each, a = |x|; the result has the sign of x:
 *
 * 1. a ≤ TANH32_SMALL: z = a × a; p = TANH32_SERIES[0], then p = fma(p, z, ·) with the others;
 *    fma(a, z × p, a);
 * 2. else 1 − 2 ÷ (exp32(2 × a) + 1); NaN gives NaN.
 *
 * @param x A binary32 number.
 * @param fma How products are added; another than the default for tests only.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(tanh32(0), 0);
 * ```
 */
export function tanh32(x: number, fma: MultiplyAdd = fma32): number {
  const a = Math.abs(x);
  const y = magnitude(a, fma);
  return x < 0 || Object.is(x, -0) ? -y : y;
}

function magnitude(a: number, fma: MultiplyAdd): number {
  if (a <= TANH32_SMALL) {
    const z = Math.fround(a * a);
    let p = TANH32_SERIES[0];
    for (let i = 1; i < TANH32_SERIES.length; i++) p = fma(p, z, TANH32_SERIES[i]);
    return fma(a, Math.fround(z * p), a);
  }
  const e = Math.fround(exp32(Math.fround(2 * a), fma) + 1);
  return Math.fround(1 - Math.fround(2 / e));
}
