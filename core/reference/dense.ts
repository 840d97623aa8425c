/**
 * Dense layers, element by element.
 *
 * @module
 */
import type { MultiplyAdd } from "../math/multiply_add.ts";

/** Rows, inputs and outputs of a dense layer. */
export interface DenseSizes {
  n: number;
  d: number;
  k: number;
}

/** Y `[n, k]` = X `[n, d]` · W `[k, d]`ᵀ + b `[k]`. */
export function forward(
  fma: MultiplyAdd,
  x: Float32Array,
  w: Float32Array,
  b: Float32Array | undefined,
  y: Float32Array,
  { n, d, k }: DenseSizes,
): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      let sum = b ? b[j] : 0;
      for (let p = 0; p < d; p++) sum = fma(x[i * d + p], w[j * d + p], sum);
      y[i * k + j] = sum;
    }
  }
}

/** dW `[k, d]` = G `[n, k]`ᵀ · X `[n, d]`. */
export function weightGradient(
  fma: MultiplyAdd,
  g: Float32Array,
  x: Float32Array,
  dw: Float32Array,
  { n, d, k }: DenseSizes,
): void {
  for (let j = 0; j < k; j++) {
    for (let p = 0; p < d; p++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum = fma(g[i * k + j], x[i * d + p], sum);
      dw[j * d + p] = sum;
    }
  }
}

/** dX `[n, d]` = G `[n, k]` · W `[k, d]`. */
export function inputGradient(
  fma: MultiplyAdd,
  g: Float32Array,
  w: Float32Array,
  dx: Float32Array,
  { n, d, k }: DenseSizes,
): void {
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < d; p++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum = fma(g[i * k + j], w[j * d + p], sum);
      dx[i * d + p] = sum;
    }
  }
}
