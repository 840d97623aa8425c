/**
 * Regularisation, element by element; formulas in `core/ops.ts` and `core/optim/penalty.ts`.
 *
 * @module
 */
import type { MultiplyAdd } from "../math/multiply_add.ts";

const { fround } = Math;

/** Sign of a number; zeros and NaN stay as they are. */
export function sign(c: number): number {
  return c > 0 ? 1 : c < 0 ? -1 : c;
}

/** Y from X and X′. */
export function mix(
  fma: MultiplyAdd,
  x: Float32Array,
  others: Float32Array,
  y: Float32Array,
  [share, rest]: readonly [number, number],
): void {
  const [s, r] = [fround(share), fround(rest)];
  for (let i = 0; i < x.length; i++) y[i] = fma(s, x[i], fround(r * others[i]));
}

/** Adds the squares of X to the sums. */
export function sumSquares(
  fma: MultiplyAdd,
  x: Float32Array,
  sums: Float32Array,
  anew: boolean,
): void {
  if (anew) sums.fill(0);
  for (let i = 0; i < x.length; i++) {
    sums[i % sums.length] = fma(x[i], x[i], sums[i % sums.length]);
  }
}

/** What gradients are multiplied by. */
export function clipFactor(sums: Float32Array, limit: number): number {
  let sum = 0;
  for (const part of sums) sum = fround(sum + part);
  const factor = fround(fround(limit) / fround(fround(Math.sqrt(sum)) + fround(1e-6)));
  return factor < 1 ? factor : 1;
}

/** Changes g, and θ where it decays; rows of so many elements have a coefficient each. */
export function penalize(
  fma: MultiplyAdd,
  theta: Float32Array,
  g: Float32Array,
  coefficients: Float32Array | undefined,
  width: number,
  factor: number | undefined,
  scalars: readonly number[],
): void {
  const [bound, l1, l2, decay] = scalars.map(fround);
  for (let i = 0; i < theta.length; i++) {
    const c = coefficients ? coefficients[Math.floor(i / width)] : 1;
    let x = factor === undefined ? g[i] : fround(g[i] * factor);
    if (bound !== 0) x = x > bound ? bound : x < -bound ? -bound : x;
    if (l1 !== 0) x = fma(l1, sign(theta[i]), x);
    if (l2 !== 0) x = fma(fround(l2 * c), theta[i], x);
    if (decay !== 0) theta[i] = fma(-fround(decay * c), theta[i], theta[i]);
    g[i] = x;
  }
}

/** Moves θ towards zero. */
export function shrink(theta: Float32Array, amount: number): void {
  const by = fround(amount);
  for (let i = 0; i < theta.length; i++) {
    const t = theta[i];
    theta[i] = t > by ? fround(t - by) : t < -by ? fround(t + by) : Number.isNaN(t) ? t : 0;
  }
}
