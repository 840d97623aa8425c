import { exp4, log4 } from "./elementary";
import { madd } from "./madd";
import { loadPart, storePart } from "./part";
import { own, partFrom, partTo } from "./threads";

/**
 * Softmax of rows, as the contract has it.
 *
 * @param scratch Room for k floats, to a multiple of 16, for each thread.
 */
export function softmax(z: usize, p: usize, n: i32, k: i32, scratch: usize): void {
  const row = <usize>k << 2;
  const from = partFrom(n, 1), to = partTo(n, 1);
  scratch = own(scratch, row + 63 & -64);
  z += <usize>from * row;
  p += <usize>from * row;
  for (let i = from; i < to; i++) {
    const sum = exponentials(z, greatest(z, k), k, scratch);
    for (let j = 0; j < k; j += 4) {
      const at = <usize>j << 2;
      const e = loadPart(scratch + at, k - j);
      storePart(p + at, f32x4.div(e, f32x4.splat(sum)), k - j);
    }
    z += row;
    p += row;
  }
}

/**
 * Cross-entropy of rows with labels, and its gradient, as the contract has them.
 *
 * @param losses Where to write n losses, or 0.
 * @param gradient Where to write n·k gradients (z itself is allowed), or 0.
 * @param r 1/n, rounded.
 * @param scratch As for {@linkcode softmax}.
 */
export function softmaxCrossEntropy(
  z: usize, labels: usize,
  losses: usize, gradient: usize,
  n: i32, k: i32, r: f32,
  scratch: usize,
): void {
  const row = <usize>k << 2;
  const from = partFrom(n, 1), to = partTo(n, 1);
  scratch = own(scratch, row + 63 & -64);
  z += <usize>from * row;
  if (gradient != 0) gradient += <usize>from * row;
  for (let i = from; i < to; i++) {
    const label = <usize>load<i32>(labels + (<usize>i << 2)) << 2;
    const top = greatest(z, k);
    const sum = exponentials(z, top, k, scratch);
    if (losses != 0) {
      const logarithm = f32x4.extract_lane(log4(f32x4.splat(sum)), 0);
      store<f32>(losses + (<usize>i << 2), logarithm - (load<f32>(z + label) - top));
    }
    if (gradient != 0) {
      for (let j = 0; j < k; j += 4) {
        const at = <usize>j << 2;
        const e = loadPart(scratch + at, k - j);
        const g = f32x4.mul(f32x4.div(e, f32x4.splat(sum)), f32x4.splat(r));
        storePart(gradient + at, g, k - j);
      }
      store<f32>(gradient + label, (load<f32>(scratch + label) / sum - 1) * r);
      gradient += row;
    }
    z += row;
  }
}

/**
 * Cross-entropy of rows with soft targets, and its gradient, as the contract has them.
 *
 * @param others Labels of the samples that were mixed in, or 0.
 * @param weights What each class weighs, or 0.
 * @param uniform ε/k, rounded.
 * @param certain 1 − ε, rounded.
 */
export function softTargetCrossEntropy(
  z: usize, labels: usize, others: usize, weights: usize,
  losses: usize, gradient: usize,
  n: i32, k: i32, r: f32,
  uniform: f32, certain: f32, scratch: usize,
  share: f32, rest: f32,
): void {
  const row = <usize>k << 2;
  const from = partFrom(n, 1), to = partTo(n, 1);
  scratch = own(scratch, row + 63 & -64);
  z += <usize>from * row;
  if (gradient != 0) gradient += <usize>from * row;
  for (let i = from; i < to; i++) {
    const label = <usize>load<i32>(labels + (<usize>i << 2)) << 2;
    let a: f32 = weights != 0 ? load<f32>(weights + label) : 1;
    let b: f32 = 0;
    let other: usize = 0;
    if (others != 0) {
      other = <usize>load<i32>(others + (<usize>i << 2)) << 2;
      a = share * a;
      b = rest * (weights != 0 ? load<f32>(weights + other) : <f32>1);
    }
    const whole = a + b;
    const base = whole * uniform;
    const ownTarget = certain * a, otherTarget = certain * b;
    const top = greatest(z, k);
    const sum = exponentials(z, top, k, scratch);
    if (losses != 0) {
      let s: f32 = 0;
      if (uniform != 0) {
        for (let j: usize = 0; j < row; j += 4) s = madd1(base, load<f32>(z + j) - top, s);
      }
      s = madd1(ownTarget, load<f32>(z + label) - top, s);
      if (others != 0) s = madd1(otherTarget, load<f32>(z + other) - top, s);
      const logarithm = f32x4.extract_lane(log4(f32x4.splat(sum)), 0);
      store<f32>(losses + (<usize>i << 2), madd1(whole, logarithm, -s));
    }
    if (gradient != 0) {
      const wholes = f32x4.splat(whole), bases = f32x4.splat(-base);
      for (let j = 0; j < k; j += 4) {
        const at = <usize>j << 2;
        const p = f32x4.div(loadPart(scratch + at, k - j), f32x4.splat(sum));
        storePart(scratch + at, madd(wholes, p, bases), k - j);
      }
      store<f32>(scratch + label, load<f32>(scratch + label) - ownTarget);
      if (others != 0) store<f32>(scratch + other, load<f32>(scratch + other) - otherTarget);
      for (let j = 0; j < k; j += 4) {
        const at = <usize>j << 2;
        const g = f32x4.mul(loadPart(scratch + at, k - j), f32x4.splat(r));
        storePart(gradient + at, g, k - j);
      }
      gradient += row;
    }
    z += row;
  }
}

/** One multiply-add. */
// @ts-ignore: decorator
@inline
function madd1(a: f32, b: f32, c: f32): f32 {
  return f32x4.extract_lane(madd(f32x4.splat(a), f32x4.splat(b), f32x4.splat(c)), 0);
}

/** The first of a row's values that no later one exceeds; the sign of a zero may be another's. */
function greatest(z: usize, k: i32): f32 {
  // Every lane begins with the first value: a NaN there stays, and one elsewhere is never greater.
  let lanes = v128.load_splat<f32>(z);
  let j = 0;
  for (; j + 4 <= k; j += 4) lanes = f32x4.pmax(lanes, v128.load(z + (<usize>j << 2)));
  for (; j < k; j++) lanes = f32x4.pmax(lanes, v128.load_splat<f32>(z + (<usize>j << 2)));
  lanes = f32x4.pmax(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1));
  lanes = f32x4.pmax(lanes, v128.shuffle<f32>(lanes, lanes, 1, 0, 3, 2));
  return f32x4.extract_lane(lanes, 0);
}

/** Writes exp(z − top), and gives their sum. */
function exponentials(z: usize, top: f32, k: i32, to: usize): f32 {
  const from = f32x4.splat(top);
  let sum: f32 = 0;
  let j = 0;
  for (; j + 4 <= k; j += 4) {
    const at = <usize>j << 2;
    const e = exp4(f32x4.sub(v128.load(z + at), from));
    v128.store(to + at, e);
    sum += f32x4.extract_lane(e, 0);
    sum += f32x4.extract_lane(e, 1);
    sum += f32x4.extract_lane(e, 2);
    sum += f32x4.extract_lane(e, 3);
  }
  if (j < k) {
    const at = <usize>j << 2;
    const e = exp4(f32x4.sub(loadPart(z + at, k - j), from));
    storePart(to + at, e, k - j);
    sum += f32x4.extract_lane(e, 0);
    if (j + 1 < k) sum += f32x4.extract_lane(e, 1);
    if (j + 2 < k) sum += f32x4.extract_lane(e, 2);
  }
  return sum;
}
