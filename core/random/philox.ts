/** Four 32-bit words. */
export type Words = [number, number, number, number];

/** High word of the 64-bit product of two unsigned 32-bit words. */
function multiplyHigh(a: number, b: number): number {
  const al = a & 0xffff, ah = a >>> 16, bl = b & 0xffff, bh = b >>> 16;
  const low = al * bl;
  const middle = ah * bl + (low >>> 16);
  const other = al * bh + (middle & 0xffff);
  return (ah * bh + Math.floor(middle / 0x10000) + (other >>> 16)) >>> 0;
}

/**
 * Philox4x32-10: a bijection of 128-bit counters for each 64-bit key, good as a random number
 * generator without state (Salmon, Moraes, Dror & Shaw, *Parallel random numbers: as easy as
 * 1, 2, 3*, SC'11).
 *
 * @param counter Four unsigned 32-bit words, the least significant first.
 * @param key Two unsigned 32-bit words.
 * @returns Four unsigned 32-bit words.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const words = philox([0, 0, 0, 0], [0, 0]).map((word) => word.toString(16));
 * assert.deepEqual([...words], ["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]);
 * ```
 */
export function philox(counter: Readonly<Words>, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0), low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2), low1 = Math.imul(0xcd9e8d57, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}
