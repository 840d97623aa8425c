/**
 * Batch normalisation, column by column.
 *
 * @module
 */
import type { MultiplyAdd } from "../math/multiply_add.ts";

const { fround } = Math;

/** Rows and columns. */
export interface Sizes {
  n: number;
  k: number;
}

/** Mean and variance `[k]` of the columns of X `[n, k]`. */
export function statistics(
  fma: MultiplyAdd,
  x: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
  { n, k }: Sizes,
): void {
  const count = fround(n);
  for (let j = 0; j < k; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum = fround(sum + x[i * k + j]);
    mean[j] = sum / count;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const c = fround(x[i * k + j] - mean[j]);
      squares = fma(c, c, squares);
    }
    variance[j] = squares / count;
  }
}

/** 1 ÷ √(variance + ε). */
function inverseDeviation(variance: number, epsilon: number): number {
  return fround(1 / fround(Math.sqrt(fround(variance + fround(epsilon)))));
}

/** Y `[n, k]` from X `[n, k]` and arrays `[k]`. */
export function normalize(
  fma: MultiplyAdd,
  x: Float32Array,
  { mean, variance, scale, shift }: Record<"mean" | "variance" | "scale" | "shift", Float32Array>,
  epsilon: number,
  y: Float32Array,
  { n, k }: Sizes,
): void {
  for (let j = 0; j < k; j++) {
    const s = inverseDeviation(variance[j], epsilon);
    for (let i = 0; i < n; i++) {
      const h = fround(fround(x[i * k + j] - mean[j]) * s);
      y[i * k + j] = fma(h, scale[j], shift[j]);
    }
  }
}

/** dγ, dβ `[k]` and dX `[n, k]` from X, G `[n, k]` and arrays `[k]`. */
export function normalizeGradient(
  fma: MultiplyAdd,
  x: Float32Array,
  { mean, variance, scale }: Record<"mean" | "variance" | "scale", Float32Array>,
  epsilon: number,
  g: Float32Array,
  dScale: Float32Array,
  dShift: Float32Array,
  dx: Float32Array | undefined,
  { n, k }: Sizes,
): void {
  const count = fround(n);
  for (let j = 0; j < k; j++) {
    const s = inverseDeviation(variance[j], epsilon);
    const h = (i: number) => fround(fround(x[i * k + j] - mean[j]) * s);
    let sum = 0, product = 0;
    for (let i = 0; i < n; i++) {
      sum = fround(sum + g[i * k + j]);
      product = fma(g[i * k + j], h(i), product);
    }
    dShift[j] = sum;
    dScale[j] = product;
    if (!dx) continue;
    const byShift = fround(sum / count), byScale = fround(product / count);
    const factor = fround(scale[j] * s);
    for (let i = 0; i < n; i++) {
      const rest = fma(-h(i), byScale, fround(g[i * k + j] - byShift));
      dx[i * k + j] = rest * factor;
    }
  }
}

/** a ← fma(rate, factor × v − a, a). */
export function moveAverage(
  fma: MultiplyAdd,
  average: Float32Array,
  value: Float32Array,
  rate: number,
  factor: number,
): void {
  for (let i = 0; i < average.length; i++) {
    const step = fround(fround(fround(factor) * value[i]) - average[i]);
    average[i] = fma(fround(rate), step, average[i]);
  }
}
