/**
 * The number with the fewest decimal digits that rounds to a binary32 number; `String` writes it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * // Where binary64 would write 0.10000000149011612.
 * assert.equal(shortestFloat32(Math.fround(0.1)), 0.1);
 * ```
 */
export function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
