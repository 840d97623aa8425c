import { exp4, log4 } from "./elementary";
import { loadPart, storePart } from "./part";

/**
 * Softmax of rows, as the contract has it.
 *
 * @param scratch Room for k floats.
 */
export function softmax(z: usize, p: usize, n: i32, k: i32, scratch: usize): void {
  const row = <usize>k << 2;
  for (let i = 0; i < n; i++) {
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
 * @param scratch Room for k floats.
 */
export function softmaxCrossEntropy(
  z: usize, labels: usize,
  losses: usize, gradient: usize,
  n: i32, k: i32, r: f32,
  scratch: usize,
): void {
  const row = <usize>k << 2;
  for (let i = 0; i < n; i++) {
    const label = <usize>load<i32>(labels) << 2;
    const top = greatest(z, k);
    const sum = exponentials(z, top, k, scratch);
    if (losses != 0) {
      const logarithm = f32x4.extract_lane(log4(f32x4.splat(sum)), 0);
      store<f32>(losses, logarithm - (load<f32>(z + label) - top));
      losses += 4;
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
    labels += 4;
    z += row;
  }
}

/** The first of a row's values that no later one exceeds. */
function greatest(z: usize, k: i32): f32 {
  let top = load<f32>(z);
  for (let j = 1; j < k; j++) {
    const value = load<f32>(z + (<usize>j << 2));
    if (value > top) top = value;
  }
  return top;
}

/** Writes exp(z − top), and gives their sum. */
function exponentials(z: usize, top: f32, k: i32, to: usize): f32 {
  for (let j = 0; j < k; j += 4) {
    const at = <usize>j << 2;
    storePart(to + at, exp4(f32x4.sub(loadPart(z + at, k - j), f32x4.splat(top))), k - j);
  }
  let sum: f32 = 0;
  for (let j = 0; j < k; j++) sum += load<f32>(to + (<usize>j << 2));
  return sum;
}
