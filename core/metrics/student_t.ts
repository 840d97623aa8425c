/**
 * Student's t distribution (Student 1908), for whole degrees of freedom.
 *
 * @module
 */
import { atan2 } from "../math/atan2.ts";

/**
 * P(T ≤ t), within 1e-14 for up to 1,000 degrees of freedom: with θ = atan(t/√ν), ½ + A/2 where A is
 * the finite sum in sin θ and cos θ of Abramowitz & Stegun 1964, 26.7.3 (odd ν) and 26.7.4 (even ν),
 * added from its first term.
 *
 * @param degrees ν, an integer from 1 up.
 * @throws {RangeError} if it is not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(studentTCdf(1, 1), 0.75);
 * ```
 */
export function studentTCdf(t: number, degrees: number): number {
  if (!Number.isInteger(degrees) || degrees < 1) {
    throw new RangeError(
      "Cannot compute Student's t as the degrees of freedom must be an integer from 1 up: " +
        `current value is ${degrees}`,
    );
  }
  if (t === Infinity || t === -Infinity) return t > 0 ? 1 : 0;
  const hypotenuse = Math.sqrt(degrees + t * t);
  const sine = t / hypotenuse;
  const cosine = Math.sqrt(degrees) / hypotenuse;
  const square = cosine * cosine;
  const odd = degrees % 2 === 1;
  // Odd: cos θ·(1 + 2/3·cos²θ + 2·4/(3·5)·cos⁴θ + …); even: 1 + 1/2·cos²θ + 1·3/(2·4)·cos⁴θ + …
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term = term * square * (k - 1) / k;
    sum += term;
  }
  if (!odd) return 0.5 + sine * sum / 2;
  return 0.5 + (atan2(t, Math.sqrt(degrees)) + sine * sum) / PI;
}

const PI = 3.141592653589793;

/**
 * The t with P(T ≤ t) = p, by bisection; within 1e-8, relatively, for p from 1e-4 to 1 − 1e-4.
 *
 * @param degrees ν, an integer from 1 up.
 * @throws {RangeError} unless it is, and p in [1e-6, 1 − 1e-6].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(Math.abs(studentTQuantile(0.975, 4) - 2.7764451) < 1e-7);
 * ```
 */
export function studentTQuantile(p: number, degrees: number): number {
  if (!(p >= 1e-6 && p <= 1 - 1e-6)) {
    throw new RangeError(
      `Cannot compute a quantile of Student's t as p must be in [1e-6, 1 - 1e-6]: current value is ${p}`,
    );
  }
  let high = 1;
  while (studentTCdf(high, degrees) < p) high *= 2;
  let low = -1;
  while (studentTCdf(low, degrees) >= p) low *= 2;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTCdf(middle, degrees) < p) low = middle;
    else high = middle;
  }
}
