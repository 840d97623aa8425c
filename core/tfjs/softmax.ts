/**
 * Softmax and its cross-entropy.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/** Softmax of each row. */
export function softmax(z: tf.Tensor2D): tf.Tensor {
  return tf.softmax(z);
}

/** 1 in each row's column of its label, else 0: `oneHot`, which refuses a single column. */
function targets(z: tf.Tensor2D, y: tf.Tensor1D): tf.Tensor {
  const columns = tf.range(0, z.shape[1], 1, "int32");
  return tf.cast(tf.equal(tf.expandDims(y, 1), columns), "float32");
}

/** The loss of each row: minus the logarithm of its label's probability. */
export function losses(z: tf.Tensor2D, y: tf.Tensor1D): tf.Tensor {
  return tf.neg(tf.sum(tf.mul(targets(z, y), tf.logSoftmax(z)), 1));
}

/** The gradient of the rows' mean loss by the logits. */
export function gradient(z: tf.Tensor2D, y: tf.Tensor1D): tf.Tensor {
  return tf.div(tf.sub(tf.softmax(z), targets(z, y)), z.shape[0]);
}
