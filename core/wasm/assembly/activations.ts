import { constant } from "./constant";
import { erf4, exp4, tanh4 } from "./elementary";
import { madd } from "./madd";
import { loadPart, storePart } from "./part";
import { partFrom, partTo } from "./threads";

/**
 * Activations and their gradients, as core/nn/activations.ts has them; their numbers are those of
 * core/wasm/activations.ts.
 */

const SIGMOID: i32 = 0;
const TANH: i32 = 1;
const RELU: i32 = 2;
const LEAKY_RELU: i32 = 3;
const ELU: i32 = 4;
const GELU: i32 = 5;

/** y [n] from x [n]. */
export function activate(x: usize, y: usize, n: i32, kind: i32, parameter: f32): void {
  const from = partFrom(n, 16), count = partTo(n, 16) - from;
  x += <usize>from << 2;
  y += <usize>from << 2;
  if (kind == SIGMOID) each<Sigmoid>(x, y, count, parameter);
  else if (kind == TANH) each<Tanh>(x, y, count, parameter);
  else if (kind == RELU) each<Relu>(x, y, count, parameter);
  else if (kind == LEAKY_RELU) each<LeakyRelu>(x, y, count, parameter);
  else if (kind == ELU) each<Elu>(x, y, count, parameter);
  else if (kind == GELU) each<Gelu>(x, y, count, parameter);
}

/** dx [n] from x, y and g [n]. */
export function activationGradient(
  x: usize, y: usize, g: usize, dx: usize, n: i32, kind: i32, parameter: f32,
): void {
  const from = partFrom(n, 16), count = partTo(n, 16) - from;
  const skip = <usize>from << 2;
  x += skip;
  y += skip;
  g += skip;
  dx += skip;
  if (kind == SIGMOID) eachGradient<Sigmoid>(x, y, g, dx, count, parameter);
  else if (kind == TANH) eachGradient<Tanh>(x, y, g, dx, count, parameter);
  else if (kind == RELU) eachGradient<Relu>(x, y, g, dx, count, parameter);
  else if (kind == LEAKY_RELU) eachGradient<LeakyRelu>(x, y, g, dx, count, parameter);
  else if (kind == ELU) eachGradient<Elu>(x, y, g, dx, count, parameter);
  else if (kind == GELU) eachGradient<Gelu>(x, y, g, dx, count, parameter);
}

// @ts-ignore: decorator
@inline
function each<F>(x: usize, y: usize, n: i32, parameter: f32): void {
  const p = f32x4.splat(parameter);
  let i = 0;
  if (isCheap<F>()) {
    for (; i + 16 <= n; i += 16) {
      const from = x + (<usize>i << 2), to = y + (<usize>i << 2);
      v128.store(to, value<F>(v128.load(from), p));
      v128.store(to, value<F>(v128.load(from, 16), p), 16);
      v128.store(to, value<F>(v128.load(from, 32), p), 32);
      v128.store(to, value<F>(v128.load(from, 48), p), 48);
    }
  }
  for (; i < n; i += 4) {
    const at = <usize>i << 2;
    storePart(y + at, value<F>(loadPart(x + at, n - i), p), n - i);
  }
}

// @ts-ignore: decorator
@inline
function eachGradient<F>(
  x: usize, y: usize, g: usize, dx: usize, n: i32, parameter: f32,
): void {
  const p = f32x4.splat(parameter);
  let i = 0;
  if (!isSame<F, Gelu>()) {
    for (; i + 16 <= n; i += 16) {
      const at = <usize>i << 2;
      wholeGradient<F>(x + at, y + at, g + at, dx + at, p);
      wholeGradient<F>(x + at + 16, y + at + 16, g + at + 16, dx + at + 16, p);
      wholeGradient<F>(x + at + 32, y + at + 32, g + at + 32, dx + at + 32, p);
      wholeGradient<F>(x + at + 48, y + at + 48, g + at + 48, dx + at + 48, p);
    }
  }
  for (; i < n; i += 4) {
    const at = <usize>i << 2, left = n - i;
    const d = gradient<F>(loadPart(x + at, left), loadPart(y + at, left), loadPart(g + at, left), p);
    storePart(dx + at, d, left);
  }
}

// @ts-ignore: decorator
@inline
function wholeGradient<F>(x: usize, y: usize, g: usize, dx: usize, p: v128): void {
  v128.store(dx, gradient<F>(v128.load(x), v128.load(y), v128.load(g), p));
}

// Kinds as types, so that each has a loop of its own.
class Sigmoid {}
class Tanh {}
class Relu {}
class LeakyRelu {}
class Elu {}
class Gelu {}

/** Whether a kind takes less time than a loop's counting: such loops take 16 elements a round. */
// @ts-ignore: decorator
@inline
function isCheap<F>(): bool {
  return isSame<F, Relu>() || isSame<F, LeakyRelu>();
}

const ONE: usize = memory.data<f32>([1]);
/** ½, −½, √½ and 1/√(2π). */
const NORMAL: usize = memory.data<f32>([0.5, -0.5, 0.7071067690849304, 0.3989422917366028]);

// @ts-ignore: decorator
@inline
function value<F>(x: v128, p: v128): v128 {
  const isLow = f32x4.le(x, f32x4.splat(0));
  if (isSame<F, Sigmoid>()) {
    const one = constant(ONE);
    return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
  }
  if (isSame<F, Tanh>()) return tanh4(x);
  if (isSame<F, Relu>()) return v128.andnot(x, isLow);
  if (isSame<F, LeakyRelu>()) return v128.bitselect(f32x4.mul(p, x), x, isLow);
  if (isSame<F, Elu>()) {
    return v128.bitselect(f32x4.mul(p, f32x4.sub(exp4(x), constant(ONE))), x, isLow);
  }
  return f32x4.mul(x, normal(x));
}

// @ts-ignore: decorator
@inline
function gradient<F>(x: v128, y: v128, g: v128, p: v128): v128 {
  const isLow = f32x4.le(x, f32x4.splat(0));
  if (isSame<F, Sigmoid>()) return f32x4.mul(g, f32x4.mul(y, f32x4.sub(constant(ONE), y)));
  if (isSame<F, Tanh>()) return f32x4.mul(g, madd(f32x4.neg(y), y, constant(ONE)));
  if (isSame<F, Relu>()) return v128.andnot(g, isLow);
  if (isSame<F, LeakyRelu>()) return v128.bitselect(f32x4.mul(p, g), g, isLow);
  if (isSame<F, Elu>()) return v128.bitselect(f32x4.mul(g, f32x4.add(y, p)), g, isLow);
  const square = f32x4.mul(f32x4.mul(constant(NORMAL, 1), x), x);
  const density = f32x4.mul(exp4(square), constant(NORMAL, 3));
  return f32x4.mul(g, madd(x, density, normal(x)));
}

/** Φ(x), the standard normal distribution. */
// @ts-ignore: decorator
@inline
function normal(x: v128): v128 {
  const e = erf4(f32x4.mul(x, constant(NORMAL, 2)));
  return f32x4.mul(constant(NORMAL), f32x4.add(constant(ONE), e));
}

// @ts-ignore: decorator
@inline
function isSame<A, B>(): bool {
  return idof<A>() == idof<B>();
}
