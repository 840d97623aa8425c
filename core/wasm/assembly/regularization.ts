import { madd } from "./madd";
import { loadPart, storePart } from "./part";
import { partFrom, partTo } from "./threads";

/** Regularisation; formulas in core/ops.ts and core/optim/penalty.ts. */

/** Sums of squares that are kept, one for every so manyth element. */
const LANES: i32 = 64;

/** Y = fma(share, X, rest × X′), n elements. */
export function mix(x: usize, others: usize, y: usize, n: i32, share: f32, rest: f32): void {
  const to = partTo(n, 16);
  for (let i = partFrom(n, 16); i < to; i += 4) {
    const at = <usize>i << 2, count = to - i;
    const second = f32x4.mul(f32x4.splat(rest), loadPart(others + at, count));
    storePart(y + at, madd(f32x4.splat(share), loadPart(x + at, count), second), count);
  }
}

/** Adds the squares of n elements to 64 sums; a thread has some of the sums. */
export function sumSquares(x: usize, sums: usize, n: i32, anew: i32): void {
  const to = partTo(LANES, 4);
  for (let lane = partFrom(LANES, 4); lane < to; lane += 4) {
    const at = sums + (<usize>lane << 2);
    let sum = anew != 0 ? f32x4.splat(0) : v128.load(at);
    let i = lane;
    for (; i + 4 <= n; i += LANES) {
      const value = v128.load(x + (<usize>i << 2));
      sum = madd(value, value, sum);
    }
    if (i < n) {
      // Zeros in the lanes that are left would turn a sum of -0 into +0; there is none.
      const value = loadPart(x + (<usize>i << 2), n - i);
      sum = madd(value, value, sum);
    }
    v128.store(at, sum);
  }
}

/** What gradients of a greater norm than the limit are multiplied by. */
export function clipFactor(sums: usize, factor: usize, limit: f32): void {
  if (partFrom(1, 1) == partTo(1, 1)) return;
  let sum: f32 = 0;
  for (let lane = 0; lane < LANES; lane++) sum += load<f32>(sums + (<usize>lane << 2));
  const value = limit / (sqrt<f32>(sum) + <f32>1e-6);
  store<f32>(factor, value < 1 ? value : 1);
}

/**
 * Penalties on n elements in rows of so many.
 *
 * @param coefficients One for each row, or 0 for ones.
 * @param factor What the gradient is multiplied by, or 0.
 */
export function penalize(
  theta: usize, gradient: usize, coefficients: usize, factor: usize,
  n: i32, width: i32,
  bound: f32, l1: f32, l2: f32, decay: f32,
): void {
  const to = partTo(n, 16);
  let i = partFrom(n, 16);
  const by = factor != 0 ? load<f32>(factor) : <f32>1;
  while (i < to) {
    // The rest of a row that is this thread's.
    const row = i / width;
    const end = min(to, (row + 1) * width);
    const c = coefficients != 0 ? load<f32>(coefficients + (<usize>row << 2)) : <f32>1;
    for (; i < end; i += 4) {
      penalizePart(<usize>i << 2, end - i, theta, gradient, factor != 0, by, bound, l1, l2, l2 * c, decay, decay * c);
    }
    i = end;
  }
}

// @ts-ignore: decorator
@inline
function penalizePart(
  at: usize, count: i32, theta: usize, gradient: usize,
  scaled: bool, by: f32, bound: f32, l1: f32, l2: f32, rowL2: f32, decay: f32, rowDecay: f32,
): void {
  const t = loadPart(theta + at, count);
  let g = loadPart(gradient + at, count);
  if (scaled) g = f32x4.mul(g, f32x4.splat(by));
  if (bound != 0) {
    const high = f32x4.splat(bound), low = f32x4.splat(-bound);
    const above = f32x4.gt(g, high), below = f32x4.lt(g, low);
    g = v128.bitselect(high, v128.bitselect(low, g, below), above);
  }
  if (l1 != 0) g = madd(f32x4.splat(l1), sign(t), g);
  if (l2 != 0) g = madd(f32x4.splat(rowL2), t, g);
  if (decay != 0) storePart(theta + at, madd(f32x4.splat(-rowDecay), t, t), count);
  storePart(gradient + at, g, count);
}

/** Moves n elements towards zero. */
export function shrink(theta: usize, n: i32, amount: f32): void {
  const to = partTo(n, 16);
  const high = f32x4.splat(amount), low = f32x4.splat(-amount);
  for (let i = partFrom(n, 16); i < to; i += 4) {
    const at = <usize>i << 2, count = to - i;
    const t = loadPart(theta + at, count);
    // A NaN is not equal to itself, and stays.
    let moved = v128.bitselect(f32x4.splat(0), t, f32x4.eq(t, t));
    moved = v128.bitselect(f32x4.add(t, high), moved, f32x4.lt(t, low));
    moved = v128.bitselect(f32x4.sub(t, high), moved, f32x4.gt(t, high));
    storePart(theta + at, moved, count);
  }
}

/** Signs; zeros and NaN stay as they are. */
// @ts-ignore: decorator
@inline
export function sign(c: v128): v128 {
  const zero = f32x4.splat(0);
  const s = v128.bitselect(f32x4.splat(1), c, f32x4.gt(c, zero));
  return v128.bitselect(f32x4.splat(-1), s, f32x4.lt(c, zero));
}
