import { isEven, neighbour } from "./bits.ts";

/**
 * a·b + c of binary32 numbers, rounded once to binary32 (IEEE 754 fusedMultiplyAdd).
 *
 * In binary64 the product is exact (48 bits). The sum is taken with its rounding error (Knuth's
 * TwoSum) and rounded to odd, after which rounding to binary32 gives the result of one rounding
 * (Boldo & Melquiond 2008): 53 bits are at least two more than 24.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * // Lost by two roundings.
 * assert.equal(fma32(1 + 2 ** -23, 1 - 2 ** -23, -1), -(2 ** -46));
 * ```
 */
export function fma32(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const part = sum - product;
  const error = (product - (sum - part)) + (c - part);
  // With an infinity or a NaN, error is NaN and both comparisons are false.
  if ((error > 0 || error < 0) && isEven(sum)) {
    return Math.fround(neighbour(sum, (error > 0) === (sum > 0)));
  }
  return Math.fround(sum);
}
