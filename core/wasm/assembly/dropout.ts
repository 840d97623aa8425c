import { loadPart, storePart } from "./part";
import { partFrom, partTo } from "./threads";

/**
 * y [n] = x × scale where the element's word is at least the threshold, else +0; the words are those
 * of core/random/dropout_mask.ts.
 */
export function dropout(
  x: usize, y: usize, n: i32,
  key0: i32, key1: i32, step: i32, threshold: i32, scale: f32,
): void {
  const to = partTo(n, 16);
  for (let i = partFrom(n, 16); i < to; i += 16) {
    philox16(i >> 2, step, key0, key1);
    const at = <usize>i << 2;
    keep(words0, x + at, y + at, threshold, scale, to - i);
    if (to - i > 4) keep(words1, x + at + 16, y + at + 16, threshold, scale, to - i - 4);
    if (to - i > 8) keep(words2, x + at + 32, y + at + 32, threshold, scale, to - i - 8);
    if (to - i > 12) keep(words3, x + at + 48, y + at + 48, threshold, scale, to - i - 12);
  }
}

// @ts-ignore: decorator
@inline
function keep(words: v128, x: usize, y: usize, threshold: i32, scale: f32, count: i32): void {
  const kept = i32x4.ge_u(words, i32x4.splat(threshold));
  const scaled = f32x4.mul(loadPart(x, count), f32x4.splat(scale));
  storePart(y, v128.and(scaled, kept), count);
}

/** The words of four counters, in their order. */
let words0: v128 = i32x4.splat(0);
let words1: v128 = i32x4.splat(0);
let words2: v128 = i32x4.splat(0);
let words3: v128 = i32x4.splat(0);

/**
 * Philox4x32-10 (Salmon et al. 2011) of the counters `[first + lane, step, 2, 0]` for four lanes, one
 * counter's word to a vector, then transposed.
 */
function philox16(first: i32, step: i32, key0: i32, key1: i32): void {
  let c0 = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(step), c2 = i32x4.splat(2), c3 = i32x4.splat(0);
  for (let round = 0; round < 10; round++) {
    const m0 = i32x4.splat(0xd2511f53), m1 = i32x4.splat(0xcd9e8d57);
    const even0 = i64x2.extmul_low_i32x4_u(c0, m0), odd0 = i64x2.extmul_high_i32x4_u(c0, m0);
    const even1 = i64x2.extmul_low_i32x4_u(c2, m1), odd1 = i64x2.extmul_high_i32x4_u(c2, m1);
    const high0 = v128.shuffle<i32>(even0, odd0, 1, 3, 5, 7);
    const low0 = v128.shuffle<i32>(even0, odd0, 0, 2, 4, 6);
    const high1 = v128.shuffle<i32>(even1, odd1, 1, 3, 5, 7);
    const low1 = v128.shuffle<i32>(even1, odd1, 0, 2, 4, 6);
    c0 = v128.xor(v128.xor(high1, c1), i32x4.splat(key0));
    c1 = low1;
    c2 = v128.xor(v128.xor(high0, c3), i32x4.splat(key1));
    c3 = low0;
    key0 += 0x9e3779b9;
    key1 += 0xbb67ae85;
  }
  const a = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5), b = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
  const c = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7), d = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
  words0 = v128.shuffle<i32>(a, b, 0, 1, 4, 5);
  words1 = v128.shuffle<i32>(a, b, 2, 3, 6, 7);
  words2 = v128.shuffle<i32>(c, d, 0, 1, 4, 5);
  words3 = v128.shuffle<i32>(c, d, 2, 3, 6, 7);
}
