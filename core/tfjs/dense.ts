/**
 * Dense layers by matrix products.
 *
 * No product is asked to transpose: the wasm backend then computes it one element at a time, and its
 * fused form adds the bias several times.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/** A `[m, p]` · B `[p, n]`; zeros where p is 0, which a backend may not write. */
function product(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return a.shape[1] === 0 ? tf.zeros([a.shape[0], b.shape[1]]) : tf.matMul(a, b);
}

/** X · Wᵀ + b. */
export function forward(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor | undefined): tf.Tensor {
  const y = product(x, tf.transpose(w));
  return b ? tf.add(y, b) : y;
}

/** Gᵀ · X. */
export function weightGradient(g: tf.Tensor2D, x: tf.Tensor2D): tf.Tensor {
  return product(tf.transpose(g), x);
}

/** G · W. */
export function inputGradient(g: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor {
  return product(g, w);
}

/** The sum of each column. */
export function columnSums(x: tf.Tensor2D): tf.Tensor {
  return x.shape[0] === 0 ? tf.zeros([x.shape[1]]) : tf.sum(x, 0);
}
