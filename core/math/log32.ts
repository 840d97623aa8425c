import { LN2_HIGH, LN2_LOW } from "./exp32.ts";
import { fma32 } from "./fma32.ts";
import type { MultiplyAdd } from "./multiply_add.ts";

const f32 = new Float32Array(1);
const i32 = new Int32Array(f32.buffer);

/** 2/9, 2/7, 2/5, 2/3, rounded to binary32. */
export const LOG32_SERIES: readonly number[] = [
  0.2222222238779068,
  0.2857142984867096,
  0.4000000059604645,
  0.6666666865348816,
];

/**
 * The natural logarithm in binary32, within 1 ULP. The specification, step by step; one rounding
 * each:
 *
 * 1. NaN and x < 0 give NaN; ±0 gives −∞; +∞ gives +∞;
 * 2. x < 2⁻¹²⁶: x = x × 2²³, and k starts at −23 instead of 0;
 * 3. x = 2ᵉ·m with m in [√½, √2), by the bits: `e = (bits − 0x3f3504f3) >> 23`; k = k + e;
 * 4. f = m − 1; s = f ÷ (f + 2); z = s × s;
 * 5. p = 2/9, then p = fma(p, z, ·) with 2/7, 2/5, 2/3; R = p × z;
 * 6. h = (0.5 × f) × f; t = fma(s, h + R, k × LN2_LOW);
 * 7. fma(k, LN2_HIGH, f − (h − t)).
 *
 * @param x A binary32 number.
 * @param fma How products are added; another than the default for tests only.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(log32(1), 0);
 * ```
 */
export function log32(x: number, fma: MultiplyAdd = fma32): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  let k = 0;
  f32[0] = x;
  if (x < 1.1754943508222875e-38) {
    f32[0] = x * 8388608;
    k = -23;
  }
  const e = (i32[0] - 0x3f3504f3) >> 23;
  i32[0] -= e << 23;
  k += e;
  const f = Math.fround(f32[0] - 1);
  const s = Math.fround(f / Math.fround(f + 2));
  const z = Math.fround(s * s);
  let p = LOG32_SERIES[0];
  for (let i = 1; i < LOG32_SERIES.length; i++) p = fma(p, z, LOG32_SERIES[i]);
  const r = Math.fround(p * z);
  const h = Math.fround(Math.fround(0.5 * f) * f);
  const t = fma(s, Math.fround(h + r), Math.fround(k * LN2_LOW));
  return fma(k, LN2_HIGH, Math.fround(f - Math.fround(h - t)));
}
