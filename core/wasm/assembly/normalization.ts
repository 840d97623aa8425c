import { madd } from "./madd";
import { loadPart, storePart } from "./part";
import { partFrom, partTo } from "./threads";

/** Batch normalisation, as the contract has it: each thread has columns of its own, four at a time. */

/** Mean and variance [k] of the columns of X [n, k]. */
export function batchStatistics(x: usize, mean: usize, variance: usize, n: i32, k: i32): void {
  const row = <usize>k << 2, count = f32x4.splat(<f32>n);
  const to = partTo(k, 16);
  for (let j = partFrom(k, 16); j < to; j += 4) {
    const at = <usize>j << 2, left = k - j;
    let sum = f32x4.splat(0);
    let from = x + at;
    for (let i = 0; i < n; i++) {
      sum = f32x4.add(sum, loadPart(from, left));
      from += row;
    }
    const m = f32x4.div(sum, count);
    let squares = f32x4.splat(0);
    from = x + at;
    for (let i = 0; i < n; i++) {
      const c = f32x4.sub(loadPart(from, left), m);
      squares = madd(c, c, squares);
      from += row;
    }
    storePart(mean + at, m, left);
    storePart(variance + at, f32x4.div(squares, count), left);
  }
}

/** 1 ÷ √(variance + ε). */
// @ts-ignore: decorator
@inline
function inverseDeviation(variance: v128, epsilon: f32): v128 {
  const sum = f32x4.add(variance, f32x4.splat(epsilon));
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(sum));
}

/** Y [n, k] from X [n, k] and arrays [k]. */
export function normalize(
  x: usize, mean: usize, variance: usize, scale: usize, shift: usize, y: usize,
  n: i32, k: i32, epsilon: f32,
): void {
  const row = <usize>k << 2;
  const to = partTo(k, 16);
  for (let j = partFrom(k, 16); j < to; j += 4) {
    const left = k - j;
    let at = <usize>j << 2;
    const m = loadPart(mean + at, left), s = inverseDeviation(loadPart(variance + at, left), epsilon);
    const gamma = loadPart(scale + at, left), beta = loadPart(shift + at, left);
    for (let i = 0; i < n; i++) {
      const h = f32x4.mul(f32x4.sub(loadPart(x + at, left), m), s);
      storePart(y + at, madd(h, gamma, beta), left);
      at += row;
    }
  }
}

/** dγ, dβ [k], and dX [n, k] unless it is 0, from X, G [n, k] and arrays [k]. */
export function normalizeGradient(
  x: usize, mean: usize, variance: usize, scale: usize, g: usize,
  dScale: usize, dShift: usize, dx: usize,
  n: i32, k: i32, epsilon: f32,
): void {
  const row = <usize>k << 2, count = f32x4.splat(<f32>n);
  const to = partTo(k, 16);
  for (let j = partFrom(k, 16); j < to; j += 4) {
    const first = <usize>j << 2, left = k - j;
    const m = loadPart(mean + first, left);
    const s = inverseDeviation(loadPart(variance + first, left), epsilon);
    let sum = f32x4.splat(0), product = f32x4.splat(0);
    let at = first;
    for (let i = 0; i < n; i++) {
      const h = f32x4.mul(f32x4.sub(loadPart(x + at, left), m), s);
      const gradient = loadPart(g + at, left);
      sum = f32x4.add(sum, gradient);
      product = madd(gradient, h, product);
      at += row;
    }
    storePart(dShift + first, sum, left);
    storePart(dScale + first, product, left);
    if (dx == 0) continue;
    const byShift = f32x4.div(sum, count), byScale = f32x4.div(product, count);
    const factor = f32x4.mul(loadPart(scale + first, left), s);
    at = first;
    for (let i = 0; i < n; i++) {
      const h = f32x4.mul(f32x4.sub(loadPart(x + at, left), m), s);
      const rest = madd(f32x4.neg(h), byScale, f32x4.sub(loadPart(g + at, left), byShift));
      storePart(dx + at, f32x4.mul(rest, factor), left);
      at += row;
    }
  }
}

/** a [n] ← fma(rate, factor × v − a, a). */
export function moveAverage(average: usize, value: usize, n: i32, rate: f32, factor: f32): void {
  const to = partTo(n, 16);
  for (let i = partFrom(n, 16); i < to; i += 4) {
    const at = <usize>i << 2, left = n - i;
    const a = loadPart(average + at, left);
    const v = f32x4.mul(f32x4.splat(factor), loadPart(value + at, left));
    storePart(average + at, madd(f32x4.splat(rate), f32x4.sub(v, a), a), left);
  }
}
