/**
 * x to an integer power in binary64, by repeated squaring from the lowest bit of the exponent; the
 * same bits on every machine. Each of the at most 2·log₂ n products rounds once: the error is below
 * 2n ULP, and below n·2⁻⁵² relative.
 *
 * @param n Integer in [0, 2³¹).
 * @throws {RangeError} if n is not such an integer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(Math.abs(power(0.999, 1000) - 0.36769542477096) < 1e-14);
 * ```
 */
export function power(x: number, n: number): number {
  if (!Number.isInteger(n) || n < 0 || n > 0x7fffffff) {
    throw new RangeError(
      `Cannot raise to a power as n must be an integer from 0 to 2^31 - 1: current value is ${n}`,
    );
  }
  let result = 1;
  let square = x;
  for (let rest = n; rest > 0; rest >>>= 1) {
    if (rest & 1) result *= square;
    square *= square;
  }
  return result;
}
