import { madd } from "./madd";
import { loadPart, storePart } from "./part";
import { sign } from "./regularization";
import { partFrom, partTo } from "./threads";

/**
 * Optimiser updates in one pass over n parameters; the formulas are those of core/optim/rules.ts.
 */

/** g with the coupled penalty's gradient added. */
// @ts-ignore: decorator
@inline
function coupled(g: v128, theta: v128, l2: f32): v128 {
  return l2 != 0 ? madd(f32x4.splat(l2), theta, g) : g;
}

/** θ with the decoupled decay taken off. */
// @ts-ignore: decorator
@inline
function decayed(theta: v128, decay: f32): v128 {
  return decay != 0 ? madd(f32x4.splat(-decay), theta, theta) : theta;
}

export function sgd(theta: usize, gradient: usize, n: i32, l2: f32, decay: f32, rate: f32): void {
  const to = partTo(n, 16);
  let i = partFrom(n, 16);
  for (; i + 4 <= to; i += 4) {
    sgdPart(<usize>i << 2, 4, theta, gradient, l2, decay, rate);
  }
  if (i < to) sgdPart(<usize>i << 2, to - i, theta, gradient, l2, decay, rate);
}

// @ts-ignore: decorator
@inline
function sgdPart(
  at: usize, count: i32,
  theta: usize, gradient: usize, l2: f32, decay: f32, rate: f32,
): void {
  const t = loadPart(theta + at, count);
  const g = coupled(loadPart(gradient + at, count), t, l2);
  storePart(theta + at, madd(f32x4.splat(-rate), g, decayed(t, decay)), count);
}

export function momentum(
  theta: usize, gradient: usize, velocity: usize,
  n: i32, l2: f32, decay: f32, rate: f32, mu: f32, gain: f32, lookahead: f32,
): void {
  const to = partTo(n, 16);
  let i = partFrom(n, 16);
  for (; i + 4 <= to; i += 4) {
    momentumPart(<usize>i << 2, 4, theta, gradient, velocity, l2, decay, rate, mu, gain, lookahead);
  }
  if (i < to) momentumPart(<usize>i << 2, to - i, theta, gradient, velocity, l2, decay, rate, mu, gain, lookahead);
}

// @ts-ignore: decorator
@inline
function momentumPart(
  at: usize, count: i32,
  theta: usize, gradient: usize, velocity: usize,
  l2: f32, decay: f32, rate: f32, mu: f32, gain: f32, lookahead: f32,
): void {
  const t = loadPart(theta + at, count);
  const g = coupled(loadPart(gradient + at, count), t, l2);
  const weighed = f32x4.mul(f32x4.splat(gain), g);
  const v = madd(f32x4.splat(mu), loadPart(velocity + at, count), weighed);
  storePart(velocity + at, v, count);
  const direction = lookahead != 0 ? madd(f32x4.splat(lookahead), v, g) : v;
  storePart(theta + at, madd(f32x4.splat(-rate), direction, decayed(t, decay)), count);
}

export function adam(
  theta: usize, gradient: usize, mean: usize, variance: usize,
  n: i32, l2: f32, decay: f32,
  beta1: f32, gain1: f32, beta2: f32, gain2: f32,
  stepSize: f32, share: f32,
  rootGain: f32, rootShift: f32, rootScale: f32, epsilon: f32,
): void {
  const to = partTo(n, 16);
  let i = partFrom(n, 16);
  for (; i + 4 <= to; i += 4) {
    adamPart(<usize>i << 2, 4, theta, gradient, mean, variance, l2, decay, beta1, gain1, beta2, gain2, stepSize, share, rootGain, rootShift, rootScale, epsilon);
  }
  if (i < to) adamPart(<usize>i << 2, to - i, theta, gradient, mean, variance, l2, decay, beta1, gain1, beta2, gain2, stepSize, share, rootGain, rootShift, rootScale, epsilon);
}

// @ts-ignore: decorator
@inline
function adamPart(
  at: usize, count: i32,
  theta: usize, gradient: usize, mean: usize, variance: usize,
  l2: f32, decay: f32,
  beta1: f32, gain1: f32, beta2: f32, gain2: f32,
  stepSize: f32, share: f32,
  rootGain: f32, rootShift: f32, rootScale: f32, epsilon: f32,
): void {
  const t = loadPart(theta + at, count);
  const g = coupled(loadPart(gradient + at, count), t, l2);
  const m = madd(
    f32x4.splat(beta1),
    loadPart(mean + at, count),
    f32x4.mul(f32x4.splat(gain1), g),
  );
  const v = madd(
    f32x4.splat(beta2),
    loadPart(variance + at, count),
    f32x4.mul(f32x4.mul(f32x4.splat(gain2), g), g),
  );
  storePart(mean + at, m, count);
  storePart(variance + at, v, count);
  const direction = share != 0 ? madd(f32x4.splat(share), g, m) : m;
  const step = f32x4.div(direction, denominator(v, rootGain, rootShift, rootScale, epsilon));
  storePart(theta + at, madd(f32x4.splat(-stepSize), step, decayed(t, decay)), count);
}

/** What a second moment makes of the step's divisor. */
// @ts-ignore: decorator
@inline
function denominator(v: v128, gain: f32, shift: f32, scale: f32, epsilon: f32): v128 {
  const root = f32x4.sqrt(madd(v, f32x4.splat(gain), f32x4.splat(shift)));
  return madd(root, f32x4.splat(scale), f32x4.splat(epsilon));
}

export function rmsprop(
  theta: usize, gradient: usize, variance: usize, velocity: usize,
  n: i32, l2: f32, decay: f32, rate: f32,
  beta2: f32, gain2: f32, mu: f32,
  rootGain: f32, rootShift: f32, rootScale: f32, epsilon: f32,
): void {
  const to = partTo(n, 16);
  let i = partFrom(n, 16);
  for (; i + 4 <= to; i += 4) {
    rmspropPart(<usize>i << 2, 4, theta, gradient, variance, velocity, l2, decay, rate, beta2, gain2, mu, rootGain, rootShift, rootScale, epsilon);
  }
  if (i < to) rmspropPart(<usize>i << 2, to - i, theta, gradient, variance, velocity, l2, decay, rate, beta2, gain2, mu, rootGain, rootShift, rootScale, epsilon);
}

// @ts-ignore: decorator
@inline
function rmspropPart(
  at: usize, count: i32,
  theta: usize, gradient: usize, variance: usize, velocity: usize,
  l2: f32, decay: f32, rate: f32,
  beta2: f32, gain2: f32, mu: f32,
  rootGain: f32, rootShift: f32, rootScale: f32, epsilon: f32,
): void {
  const t = loadPart(theta + at, count);
  const g = coupled(loadPart(gradient + at, count), t, l2);
  const v = madd(
    f32x4.splat(beta2),
    loadPart(variance + at, count),
    f32x4.mul(f32x4.mul(f32x4.splat(gain2), g), g),
  );
  storePart(variance + at, v, count);
  const step = f32x4.div(g, denominator(v, rootGain, rootShift, rootScale, epsilon));
  const b = madd(f32x4.splat(mu), loadPart(velocity + at, count), step);
  storePart(velocity + at, b, count);
  storePart(theta + at, madd(f32x4.splat(-rate), b, decayed(t, decay)), count);
}

export function lion(
  theta: usize, gradient: usize, mean: usize,
  n: i32, l2: f32, decay: f32, rate: f32,
  beta1: f32, gain1: f32, beta2: f32, gain2: f32,
): void {
  const to = partTo(n, 16);
  let i = partFrom(n, 16);
  for (; i + 4 <= to; i += 4) {
    lionPart(<usize>i << 2, 4, theta, gradient, mean, l2, decay, rate, beta1, gain1, beta2, gain2);
  }
  if (i < to) lionPart(<usize>i << 2, to - i, theta, gradient, mean, l2, decay, rate, beta1, gain1, beta2, gain2);
}

// @ts-ignore: decorator
@inline
function lionPart(
  at: usize, count: i32,
  theta: usize, gradient: usize, mean: usize,
  l2: f32, decay: f32, rate: f32,
  beta1: f32, gain1: f32, beta2: f32, gain2: f32,
): void {
  const t = loadPart(theta + at, count);
  const g = coupled(loadPart(gradient + at, count), t, l2);
  const m = loadPart(mean + at, count);
  const c = madd(f32x4.splat(beta1), m, f32x4.mul(f32x4.splat(gain1), g));
  const next = madd(f32x4.splat(beta2), m, f32x4.mul(f32x4.splat(gain2), g));
  storePart(mean + at, next, count);
  storePart(theta + at, madd(f32x4.splat(-rate), sign(c), decayed(t, decay)), count);
}
