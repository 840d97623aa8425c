import { fma32 } from "./fma32.ts";
import type { MultiplyAdd } from "./multiply_add.ts";

const f32 = new Float32Array(1);
const i32 = new Int32Array(f32.buffer);

/** Below this, exp32 is +0: the result would be subnormal. */
export const EXP32_LEAST = -87.33654022216797;
/** Above this, exp32 is +∞. */
export const EXP32_GREATEST = 88.72283172607422;

/** log₂ e, and ln 2 in two words, of binary32. */
export const LOG2E = 1.4426950216293335;
export const LN2_HIGH = 0.693145751953125;
export const LN2_LOW = 0.000001428606765330187;

/** 1/n! for n = 7 … 0, rounded to binary32. */
export const EXP32_SERIES: readonly number[] = [
  0.00019841270113829523,
  0.0013888889225199819,
  0.008333333767950535,
  0.0416666679084301,
  0.1666666716337204,
  0.5,
  1,
  1,
];

/** 2ⁿ, n in [−126, 127]. */
function powerOfTwo32(n: number): number {
  i32[0] = (n + 127) << 23;
  return f32[0];
}

/**
 * The exponential function in binary32, within 1 ULP, with no subnormal result: +0 below
 * {@linkcode EXP32_LEAST}. The specification, step by step; one rounding each:
 *
 * 1. NaN gives NaN; x < EXP32_LEAST gives +0; x > EXP32_GREATEST gives +∞;
 * 2. n = fma(x, LOG2E, 1.5·2²³) − 1.5·2²³, which is x·log₂ e rounded to an integer;
 * 3. r = fma(−n, LN2_LOW, fma(−n, LN2_HIGH, x));
 * 4. p = EXP32_SERIES[0], then p = fma(p, r, EXP32_SERIES[i]) for i = 1 … 7;
 * 5. (p × 2^h) × 2^(n−h), h = ⌊n/2⌋: two exact products.
 *
 * @param x A binary32 number.
 * @param fma How products are added; another than the default for tests only.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(exp32(1), Math.fround(Math.E));
 * ```
 */
export function exp32(x: number, fma: MultiplyAdd = fma32): number {
  if (Number.isNaN(x)) return NaN;
  if (x < EXP32_LEAST) return 0;
  if (x > EXP32_GREATEST) return Infinity;
  const n = Math.fround(fma(x, LOG2E, 12582912) - 12582912);
  const r = fma(-n, LN2_LOW, fma(-n, LN2_HIGH, x));
  let p = EXP32_SERIES[0];
  for (let i = 1; i < EXP32_SERIES.length; i++) p = fma(p, r, EXP32_SERIES[i]);
  const half = n >> 1;
  return Math.fround(Math.fround(p * powerOfTwo32(half)) * powerOfTwo32(n - half));
}
