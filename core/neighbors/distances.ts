/**
 * Sums over the features of two rows, in binary64, in the order of the features.
 *
 * @module
 */

/** Σ x y. */
export function dot(
  x: ArrayLike<number>,
  from: number,
  y: ArrayLike<number>,
  at: number,
  d: number,
): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += x[from + i] * y[at + i];
  return sum;
}

/** Σ x². */
export function squaredNorm(x: ArrayLike<number>, from: number, d: number): number {
  return dot(x, from, x, from, d);
}

/** Σ (x − y)². */
export function squaredDistance(
  x: ArrayLike<number>,
  from: number,
  y: ArrayLike<number>,
  at: number,
  d: number,
): number {
  let sum = 0;
  for (let i = 0; i < d; i++) {
    const difference = x[from + i] - y[at + i];
    sum += difference * difference;
  }
  return sum;
}
