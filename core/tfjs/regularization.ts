/**
 * Regularisation; formulas in `core/ops.ts` and `core/optim/penalty.ts`.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Penalty } from "../optim/penalty.ts";

/** Y from X and X′. */
export function mix(
  x: tf.Tensor,
  others: tf.Tensor,
  [share, rest]: readonly [number, number],
): tf.Tensor {
  return tf.add(tf.mul(share, x), tf.mul(rest, others));
}

/** The sums with the squares of X. */
export function sumSquares(x: tf.Tensor, sums: tf.Tensor, anew: boolean): tf.Tensor {
  // On WebGPU a sum of nothing is not written.
  if (x.size === 0) return anew ? tf.zerosLike(sums) : sums;
  const [lanes] = sums.shape;
  const rows = Math.ceil(x.size / lanes);
  const flat: tf.Tensor1D = tf.reshape(x, [x.size]);
  const padded = tf.reshape(tf.pad1d(flat, [0, rows * lanes - x.size]), [rows, lanes]);
  const squares = tf.sum(tf.square(padded), 0);
  return anew ? squares : tf.add(sums, squares);
}

/** What gradients are multiplied by. */
export function clipFactor(sums: tf.Tensor, limit: number): tf.Tensor {
  return tf.minimum(1, tf.div(limit, tf.add(tf.sqrt(tf.sum(sums)), 1e-6)));
}

/** θ and g after a penalty. */
export function penalize(
  theta: tf.Tensor,
  g: tf.Tensor,
  coefficients: tf.Tensor | undefined,
  factor: tf.Tensor | undefined,
  { bound, l1, l2, decay }: Penalty,
): { parameters: tf.Tensor; gradient: tf.Tensor } {
  const shape = [coefficients?.size ?? 1, ...theta.shape.slice(1).map(() => 1)];
  const c = coefficients ? tf.reshape(coefficients, shape) : tf.scalar(1);
  let gradient = factor ? tf.mul(g, tf.reshape(factor, [])) : g;
  if (bound !== 0) gradient = tf.clipByValue(gradient, -bound, bound);
  gradient = tf.add(gradient, tf.mul(l1, tf.sign(theta)));
  gradient = tf.add(gradient, tf.mul(tf.mul(l2, c), theta));
  return { parameters: tf.sub(theta, tf.mul(tf.mul(decay, c), theta)), gradient };
}

/** θ moved towards zero. */
export function shrink(theta: tf.Tensor, amount: number): tf.Tensor {
  return tf.mul(tf.sign(theta), tf.relu(tf.sub(tf.abs(theta), amount)));
}
