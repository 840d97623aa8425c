/**
 * Softmax and its cross-entropy, row by row.
 *
 * @module
 */
import { exp32 } from "../math/exp32.ts";
import { log32 } from "../math/log32.ts";
import type { MultiplyAdd } from "../math/multiply_add.ts";

const { fround } = Math;

/** The greatest of a row and the sum of its exponentials, which are left in `e`. */
function exponentials(
  fma: MultiplyAdd,
  z: Float32Array,
  from: number,
  k: number,
  e: Float32Array,
): { greatest: number; sum: number } {
  let greatest = z[from];
  for (let j = 1; j < k; j++) if (z[from + j] > greatest) greatest = z[from + j];
  let sum = 0;
  for (let j = 0; j < k; j++) {
    e[j] = exp32(fround(z[from + j] - greatest), fma);
    sum = fround(sum + e[j]);
  }
  return { greatest, sum };
}

/** P `[n, k]` from Z `[n, k]`. */
export function softmax(
  fma: MultiplyAdd,
  z: Float32Array,
  p: Float32Array,
  n: number,
  k: number,
): void {
  const e = new Float32Array(k);
  for (let i = 0; i < n; i++) {
    const { sum } = exponentials(fma, z, i * k, k, e);
    for (let j = 0; j < k; j++) p[i * k + j] = fround(e[j] / sum);
  }
}

/** ℓ `[n]` and G `[n, k]` from Z `[n, k]` and y `[n]`. */
export function crossEntropy(
  fma: MultiplyAdd,
  z: Float32Array,
  y: Int32Array,
  losses: Float32Array | undefined,
  gradient: Float32Array | undefined,
  n: number,
  k: number,
): void {
  const e = new Float32Array(k);
  const r = fround(1 / n);
  for (let i = 0; i < n; i++) {
    const { greatest, sum } = exponentials(fma, z, i * k, k, e);
    if (losses) losses[i] = fround(log32(sum, fma) - fround(z[i * k + y[i]] - greatest));
    if (!gradient) continue;
    for (let j = 0; j < k; j++) {
      const p = fround(e[j] / sum);
      gradient[i * k + j] = fround(fround(p - (j === y[i] ? 1 : 0)) * r);
    }
  }
}

/** What soft targets are made of; see `core/ops.ts`. */
export interface SoftTargets {
  y: Int32Array;
  others: Int32Array | undefined;
  classWeights: Float32Array | undefined;
  shares: readonly [share: number, rest: number];
  /** ε/k, and 1 − ε. */
  uniform: number;
  certain: number;
}

/** ℓ `[n]` and G `[n, k]` from Z `[n, k]` and soft targets. */
export function softTargetCrossEntropy(
  fma: MultiplyAdd,
  z: Float32Array,
  { y, others, classWeights, shares, ...smoothing }: SoftTargets,
  losses: Float32Array | undefined,
  gradient: Float32Array | undefined,
  n: number,
  k: number,
): void {
  const e = new Float32Array(k);
  const r = fround(1 / n);
  const [share, rest] = shares.map(fround);
  const uniform = fround(smoothing.uniform), certain = fround(smoothing.certain);
  const weightOf = (label: number) => classWeights ? classWeights[label] : 1;
  for (let i = 0; i < n; i++) {
    const { greatest, sum } = exponentials(fma, z, i * k, k, e);
    const a = others ? fround(share * weightOf(y[i])) : weightOf(y[i]);
    const b = others ? fround(rest * weightOf(others[i])) : 0;
    const whole = fround(a + b);
    const base = fround(whole * uniform);
    const own = fround(certain * a), other = fround(certain * b);
    const score = (j: number) => fround(z[i * k + j] - greatest);
    if (losses) {
      let s = 0;
      if (uniform !== 0) { for (let j = 0; j < k; j++) s = fma(base, score(j), s); }
      s = fma(own, score(y[i]), s);
      if (others) s = fma(other, score(others[i]), s);
      losses[i] = fma(whole, log32(sum, fma), -s);
    }
    if (!gradient) continue;
    for (let j = 0; j < k; j++) {
      let u = fma(whole, fround(e[j] / sum), -base);
      if (j === y[i]) u = fround(u - own);
      if (others && j === others[i]) u = fround(u - other);
      gradient[i * k + j] = fround(u * r);
    }
  }
}
