import { exp } from "../math/exp.ts";

const INVERSE_ROOT_2PI = 0.3989422804014327;

/**
 * P(Z ≤ x) for a standard normal Z, within 1e-15: ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …)
 * (Abramowitz & Stegun 1964, 26.2.11).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(Math.abs(normalCdf(1.959963984540054) - 0.975) < 1e-12);
 * ```
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 9) return 1;
  if (x < -9) return 0;
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term = term * x * x / k;
    sum += term;
  }
  return 0.5 + INVERSE_ROOT_2PI * exp(-0.5 * x * x) * sum;
}

/**
 * The x with P(Z ≤ x) = p, by bisection; within 1e-8 for p from 1e-7 to 1 − 1e-7.
 *
 * @throws {RangeError} unless p is in [1e-12, 1 − 1e-12].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(Math.abs(normalQuantile(0.975) - 1.959963984540054) < 1e-12);
 * ```
 */
export function normalQuantile(p: number): number {
  if (!(p >= 1e-12 && p <= 1 - 1e-12)) {
    throw new RangeError(
      `Cannot compute a normal quantile as p must be in [1e-12, 1 - 1e-12]: current value is ${p}`,
    );
  }
  let low = -9;
  let high = 9;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
}
