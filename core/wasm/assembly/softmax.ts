import { exp4, log4 } from "./elementary";
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
