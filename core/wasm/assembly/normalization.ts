import { madd } from "./madd";
import { loadPart, storePart } from "./part";
import { partFrom, partTo } from "./threads";

/**
 * Batch normalisation, as the contract has it. Columns are gone through sixteen at a time, which are
 * a line of the cache, then four at a time.
 */

/** Mean and variance [k] of the columns of X [n, k]: each thread has columns of its own. */
export function batchStatistics(x: usize, mean: usize, variance: usize, n: i32, k: i32): void {
  const row = <usize>k << 2;
  const to = partTo(k, 16);
  let j = partFrom(k, 16);
  for (; j + 16 <= to; j += 16) {
    const at = <usize>j << 2;
    sixteenStatistics(x + at, mean + at, variance + at, n, row);
  }
  for (; j < to; j += 4) {
    const at = <usize>j << 2;
    fewStatistics(x + at, mean + at, variance + at, n, row, k - j);
  }
}

function sixteenStatistics(x: usize, mean: usize, variance: usize, n: i32, row: usize): void {
  const count = f32x4.splat(<f32>n);
  let m0 = f32x4.splat(0), m1 = f32x4.splat(0), m2 = f32x4.splat(0), m3 = f32x4.splat(0);
  let from = x;
  for (let i = 0; i < n; i++) {
    m0 = f32x4.add(m0, v128.load(from));
    m1 = f32x4.add(m1, v128.load(from, 16));
    m2 = f32x4.add(m2, v128.load(from, 32));
    m3 = f32x4.add(m3, v128.load(from, 48));
    from += row;
  }
  m0 = f32x4.div(m0, count);
  m1 = f32x4.div(m1, count);
  m2 = f32x4.div(m2, count);
  m3 = f32x4.div(m3, count);
  v128.store(mean, m0);
  v128.store(mean, m1, 16);
  v128.store(mean, m2, 32);
  v128.store(mean, m3, 48);
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  from = x;
  for (let i = 0; i < n; i++) {
    s0 = addSquare(s0, f32x4.sub(v128.load(from), m0));
    s1 = addSquare(s1, f32x4.sub(v128.load(from, 16), m1));
    s2 = addSquare(s2, f32x4.sub(v128.load(from, 32), m2));
    s3 = addSquare(s3, f32x4.sub(v128.load(from, 48), m3));
    from += row;
  }
  v128.store(variance, f32x4.div(s0, count));
  v128.store(variance, f32x4.div(s1, count), 16);
  v128.store(variance, f32x4.div(s2, count), 32);
  v128.store(variance, f32x4.div(s3, count), 48);
}

/** Those of up to four columns. */
function fewStatistics(
  x: usize, mean: usize, variance: usize, n: i32, row: usize, columns: i32,
): void {
  const count = f32x4.splat(<f32>n);
  let m = f32x4.splat(0), s = f32x4.splat(0);
  let from = x;
  for (let i = 0; i < n; i++) {
    m = f32x4.add(m, loadPart(from, columns));
    from += row;
  }
  m = f32x4.div(m, count);
  storePart(mean, m, columns);
  from = x;
  for (let i = 0; i < n; i++) {
    s = addSquare(s, f32x4.sub(loadPart(from, columns), m));
    from += row;
  }
  storePart(variance, f32x4.div(s, count), columns);
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, x: v128): v128 {
  return madd(x, x, sum);
}

/** 1 ÷ √(variance + ε). */
// @ts-ignore: decorator
@inline
function inverseDeviation(variance: v128, epsilon: f32): v128 {
  const sum = f32x4.add(variance, f32x4.splat(epsilon));
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(sum));
}

/** (x − m) × s. */
// @ts-ignore: decorator
@inline
function standard(x: v128, m: v128, s: v128): v128 {
  return f32x4.mul(f32x4.sub(x, m), s);
}

/** Y [n, k] from X [n, k] and arrays [k]: each thread has rows, or columns where these are more. */
export function normalize(
  x: usize, mean: usize, variance: usize, scale: usize, shift: usize, y: usize,
  n: i32, k: i32, epsilon: f32,
): void {
  const row = <usize>k << 2;
  let j = 0, to = k;
  if (k > n) {
    j = partFrom(k, 16);
    to = partTo(k, 16);
  } else {
    const from = partFrom(n, 16);
    x += <usize>from * row;
    y += <usize>from * row;
    n = partTo(n, 16) - from;
  }
  for (; j + 16 <= to; j += 16) {
    const at = <usize>j << 2;
    normalizeSixteen(
      x + at, mean + at, variance + at, scale + at, shift + at, y + at, n, row, epsilon,
    );
  }
  for (; j < to; j += 4) {
    const at = <usize>j << 2, columns = k - j;
    const m = loadPart(mean + at, columns), gamma = loadPart(scale + at, columns);
    const s = inverseDeviation(loadPart(variance + at, columns), epsilon);
    const beta = loadPart(shift + at, columns);
    let from = x + at, into = y + at;
    for (let i = 0; i < n; i++) {
      storePart(into, madd(standard(loadPart(from, columns), m, s), gamma, beta), columns);
      from += row;
      into += row;
    }
  }
}

function normalizeSixteen(
  x: usize, mean: usize, variance: usize, scale: usize, shift: usize, y: usize,
  n: i32, row: usize, epsilon: f32,
): void {
  const m0 = v128.load(mean), m1 = v128.load(mean, 16);
  const m2 = v128.load(mean, 32), m3 = v128.load(mean, 48);
  const s0 = inverseDeviation(v128.load(variance), epsilon);
  const s1 = inverseDeviation(v128.load(variance, 16), epsilon);
  const s2 = inverseDeviation(v128.load(variance, 32), epsilon);
  const s3 = inverseDeviation(v128.load(variance, 48), epsilon);
  const gamma0 = v128.load(scale), gamma1 = v128.load(scale, 16);
  const gamma2 = v128.load(scale, 32), gamma3 = v128.load(scale, 48);
  const beta0 = v128.load(shift), beta1 = v128.load(shift, 16);
  const beta2 = v128.load(shift, 32), beta3 = v128.load(shift, 48);
  for (let i = 0; i < n; i++) {
    v128.store(y, madd(standard(v128.load(x), m0, s0), gamma0, beta0));
    v128.store(y, madd(standard(v128.load(x, 16), m1, s1), gamma1, beta1), 16);
    v128.store(y, madd(standard(v128.load(x, 32), m2, s2), gamma2, beta2), 32);
    v128.store(y, madd(standard(v128.load(x, 48), m3, s3), gamma3, beta3), 48);
    x += row;
    y += row;
  }
}

/**
 * dγ, dβ [k], and dX [n, k] unless it is 0, from X, G [n, k] and arrays [k]: each thread has columns
 * of its own.
 */
export function normalizeGradient(
  x: usize, mean: usize, variance: usize, scale: usize, g: usize,
  dScale: usize, dShift: usize, dx: usize,
  n: i32, k: i32, epsilon: f32,
): void {
  const row = <usize>k << 2;
  const to = partTo(k, 16);
  let j = partFrom(k, 16);
  for (; j + 16 <= to; j += 16) {
    const at = <usize>j << 2;
    parameterGradients(
      x + at, mean + at, variance + at, g + at, dScale + at, dShift + at, n, row, epsilon,
    );
    if (dx == 0) continue;
    inputGradients(
      x + at, mean + at, variance + at, scale + at, g + at, dScale + at, dShift + at, dx + at,
      n, row, epsilon,
    );
  }
  for (; j < to; j += 4) {
    const at = <usize>j << 2;
    fewGradients(
      x + at, mean + at, variance + at, scale + at, g + at, dScale + at, dShift + at,
      dx == 0 ? 0 : dx + at, n, row, epsilon, k - j,
    );
  }
}

/** dγ and dβ of sixteen columns. */
function parameterGradients(
  x: usize, mean: usize, variance: usize, g: usize,
  dScale: usize, dShift: usize,
  n: i32, row: usize, epsilon: f32,
): void {
  const m0 = v128.load(mean), m1 = v128.load(mean, 16);
  const m2 = v128.load(mean, 32), m3 = v128.load(mean, 48);
  const s0 = inverseDeviation(v128.load(variance), epsilon);
  const s1 = inverseDeviation(v128.load(variance, 16), epsilon);
  const s2 = inverseDeviation(v128.load(variance, 32), epsilon);
  const s3 = inverseDeviation(v128.load(variance, 48), epsilon);
  let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0), b3 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
  for (let i = 0; i < n; i++) {
    const g0 = v128.load(g), g1 = v128.load(g, 16), g2 = v128.load(g, 32), g3 = v128.load(g, 48);
    b0 = f32x4.add(b0, g0);
    b1 = f32x4.add(b1, g1);
    b2 = f32x4.add(b2, g2);
    b3 = f32x4.add(b3, g3);
    c0 = madd(g0, standard(v128.load(x), m0, s0), c0);
    c1 = madd(g1, standard(v128.load(x, 16), m1, s1), c1);
    c2 = madd(g2, standard(v128.load(x, 32), m2, s2), c2);
    c3 = madd(g3, standard(v128.load(x, 48), m3, s3), c3);
    x += row;
    g += row;
  }
  v128.store(dShift, b0);
  v128.store(dShift, b1, 16);
  v128.store(dShift, b2, 32);
  v128.store(dShift, b3, 48);
  v128.store(dScale, c0);
  v128.store(dScale, c1, 16);
  v128.store(dScale, c2, 32);
  v128.store(dScale, c3, 48);
}

/** dX of sixteen columns from their dγ and dβ. */
function inputGradients(
  x: usize, mean: usize, variance: usize, scale: usize, g: usize,
  dScale: usize, dShift: usize, dx: usize,
  n: i32, row: usize, epsilon: f32,
): void {
  const count = f32x4.splat(<f32>n);
  const m0 = v128.load(mean), m1 = v128.load(mean, 16);
  const m2 = v128.load(mean, 32), m3 = v128.load(mean, 48);
  const s0 = inverseDeviation(v128.load(variance), epsilon);
  const s1 = inverseDeviation(v128.load(variance, 16), epsilon);
  const s2 = inverseDeviation(v128.load(variance, 32), epsilon);
  const s3 = inverseDeviation(v128.load(variance, 48), epsilon);
  const b0 = f32x4.div(v128.load(dShift), count), b1 = f32x4.div(v128.load(dShift, 16), count);
  const b2 = f32x4.div(v128.load(dShift, 32), count), b3 = f32x4.div(v128.load(dShift, 48), count);
  const c0 = f32x4.div(v128.load(dScale), count), c1 = f32x4.div(v128.load(dScale, 16), count);
  const c2 = f32x4.div(v128.load(dScale, 32), count), c3 = f32x4.div(v128.load(dScale, 48), count);
  const f0 = f32x4.mul(v128.load(scale), s0), f1 = f32x4.mul(v128.load(scale, 16), s1);
  const f2 = f32x4.mul(v128.load(scale, 32), s2), f3 = f32x4.mul(v128.load(scale, 48), s3);
  for (let i = 0; i < n; i++) {
    const h0 = standard(v128.load(x), m0, s0), h1 = standard(v128.load(x, 16), m1, s1);
    const h2 = standard(v128.load(x, 32), m2, s2), h3 = standard(v128.load(x, 48), m3, s3);
    v128.store(dx, inputGradient(v128.load(g), h0, b0, c0, f0));
    v128.store(dx, inputGradient(v128.load(g, 16), h1, b1, c1, f1), 16);
    v128.store(dx, inputGradient(v128.load(g, 32), h2, b2, c2, f2), 32);
    v128.store(dx, inputGradient(v128.load(g, 48), h3, b3, c3, f3), 48);
    x += row;
    g += row;
    dx += row;
  }
}

/** dγ, dβ and, unless it is 0, dX of up to four columns. */
function fewGradients(
  x: usize, mean: usize, variance: usize, scale: usize, g: usize,
  dScale: usize, dShift: usize, dx: usize,
  n: i32, row: usize, epsilon: f32, columns: i32,
): void {
  const m = loadPart(mean, columns);
  const s = inverseDeviation(loadPart(variance, columns), epsilon);
  let b = f32x4.splat(0), c = f32x4.splat(0);
  let at: usize = 0;
  for (let i = 0; i < n; i++) {
    const gradient = loadPart(g + at, columns);
    b = f32x4.add(b, gradient);
    c = madd(gradient, standard(loadPart(x + at, columns), m, s), c);
    at += row;
  }
  storePart(dShift, b, columns);
  storePart(dScale, c, columns);
  if (dx == 0) return;
  const count = f32x4.splat(<f32>n);
  b = f32x4.div(b, count);
  c = f32x4.div(c, count);
  const factor = f32x4.mul(loadPart(scale, columns), s);
  at = 0;
  for (let i = 0; i < n; i++) {
    const h = standard(loadPart(x + at, columns), m, s);
    storePart(dx + at, inputGradient(loadPart(g + at, columns), h, b, c, factor), columns);
    at += row;
  }
}

/** The gradient by x from g, h, dβ ÷ n, dγ ÷ n and γ × s. */
// @ts-ignore: decorator
@inline
function inputGradient(g: v128, h: v128, byShift: v128, byScale: v128, factor: v128): v128 {
  return f32x4.mul(madd(f32x4.neg(h), byScale, f32x4.sub(g, byShift)), factor);
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
