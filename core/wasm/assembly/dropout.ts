import { constant } from "./constant";
import { loadPart, storePart } from "./part";
import { partFrom, partTo } from "./threads";

/** What each round of Philox multiplies by, and adds to the keys. */
const MULTIPLIERS: usize = memory.data<u32>([0xd2511f53, 0xcd9e8d57]);
const STEPS_OF_KEYS: usize = memory.data<u32>([0x9e3779b9, 0xbb67ae85]);

/**
 * y [n] = x × scale where the element's word is at least the threshold, else +0; the words are those
 * of core/random/dropout_mask.ts: Philox4x32-10 (Salmon et al. 2011) of the counters
 * `[⌊e/4⌋, step, 2, 0]`. A vector holds one word of four counters. Two such groups are on their way
 * at a time, as a round waits for the one before.
 */
export function dropout(
  x: usize, y: usize, n: i32,
  key0: i32, key1: i32, step: i32, threshold: i32, scale: f32,
): void {
  const m0 = constant(MULTIPLIERS), m1 = constant(MULTIPLIERS, 1);
  const w0 = constant(STEPS_OF_KEYS), w1 = constant(STEPS_OF_KEYS, 1);
  const to = partTo(n, 16);
  for (let i = partFrom(n, 16); i < to; i += 32) {
    let k0 = i32x4.splat(key0), k1 = i32x4.splat(key1);
    let a0 = i32x4.add(i32x4.splat(i >> 2), i32x4(0, 1, 2, 3)), b0 = i32x4.add(a0, i32x4.splat(4));
    let a1 = i32x4.splat(step), a2 = i32x4.splat(2), a3 = i32x4.splat(0);
    let b1 = a1, b2 = a2, b3 = a3;
    for (let round = 0; round < 10; round++) {
      const a01 = i64x2.extmul_low_i32x4_u(a0, m0), a23 = i64x2.extmul_high_i32x4_u(a0, m0);
      const b01 = i64x2.extmul_low_i32x4_u(b0, m0), b23 = i64x2.extmul_high_i32x4_u(b0, m0);
      const c01 = i64x2.extmul_low_i32x4_u(a2, m1), c23 = i64x2.extmul_high_i32x4_u(a2, m1);
      const d01 = i64x2.extmul_low_i32x4_u(b2, m1), d23 = i64x2.extmul_high_i32x4_u(b2, m1);
      a0 = v128.xor(v128.xor(a1, k0), highWords(c01, c23));
      b0 = v128.xor(v128.xor(b1, k0), highWords(d01, d23));
      a2 = v128.xor(v128.xor(a3, k1), highWords(a01, a23));
      b2 = v128.xor(v128.xor(b3, k1), highWords(b01, b23));
      a1 = lowWords(c01, c23);
      b1 = lowWords(d01, d23);
      a3 = lowWords(a01, a23);
      b3 = lowWords(b01, b23);
      k0 = i32x4.add(k0, w0);
      k1 = i32x4.add(k1, w1);
    }
    const at = <usize>i << 2, left = to - i;
    keep(a0, a1, a2, a3, x + at, y + at, threshold, scale, left);
    keep(b0, b1, b2, b3, x + at + 64, y + at + 64, threshold, scale, left - 16);
  }
}

// @ts-ignore: decorator
@inline
function lowWords(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function highWords(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 1, 3, 5, 7);
}

/** Up to 16 elements by the words of four counters, one counter to a lane. */
// @ts-ignore: decorator
@inline
function keep(
  word0: v128, word1: v128, word2: v128, word3: v128,
  x: usize, y: usize, threshold: i32, scale: f32, count: i32,
): void {
  const a = v128.shuffle<i32>(word0, word1, 0, 4, 1, 5);
  const b = v128.shuffle<i32>(word2, word3, 0, 4, 1, 5);
  const c = v128.shuffle<i32>(word0, word1, 2, 6, 3, 7);
  const d = v128.shuffle<i32>(word2, word3, 2, 6, 3, 7);
  keepFour(v128.shuffle<i32>(a, b, 0, 1, 4, 5), x, y, threshold, scale, count);
  keepFour(v128.shuffle<i32>(a, b, 2, 3, 6, 7), x + 16, y + 16, threshold, scale, count - 4);
  keepFour(v128.shuffle<i32>(c, d, 0, 1, 4, 5), x + 32, y + 32, threshold, scale, count - 8);
  keepFour(v128.shuffle<i32>(c, d, 2, 3, 6, 7), x + 48, y + 48, threshold, scale, count - 12);
}

// @ts-ignore: decorator
@inline
function keepFour(
  words: v128, x: usize, y: usize, threshold: i32, scale: f32, count: i32,
): void {
  const kept = i32x4.ge_u(words, i32x4.splat(threshold));
  const scaled = f32x4.mul(loadPart(x, count), f32x4.splat(scale));
  storePart(y, v128.and(scaled, kept), count);
}
