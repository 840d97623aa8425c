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

/** What soft targets are made of; see `core/ops.ts`. */
export interface SoftTargets {
  y: tf.Tensor1D;
  others: tf.Tensor1D | undefined;
  classWeights: tf.Tensor1D | undefined;
  shares: readonly [share: number, rest: number];
  /** ε/k, and 1 − ε. */
  uniform: number;
  certain: number;
}

/** T `[n, k]`: what each class is aimed at, times the sample's weight. */
function weighed(z: tf.Tensor2D, soft: SoftTargets): tf.Tensor {
  const { y, others, classWeights, shares: [share, rest], uniform, certain } = soft;
  const of = (labels: tf.Tensor1D) => {
    const smooth = tf.add(tf.mul(certain, targets(z, labels)), uniform);
    return classWeights
      ? tf.mul(smooth, tf.expandDims(tf.gather(classWeights, labels), 1))
      : smooth;
  };
  return others ? tf.add(tf.mul(share, of(y)), tf.mul(rest, of(others))) : of(y);
}

/** The loss of each row: its targets' cross-entropy. */
export function softLosses(z: tf.Tensor2D, soft: SoftTargets): tf.Tensor {
  return tf.neg(tf.sum(tf.mul(weighed(z, soft), tf.logSoftmax(z)), 1));
}

/** The gradient of the rows' mean loss by the logits. */
export function softGradient(z: tf.Tensor2D, soft: SoftTargets): tf.Tensor {
  const target = weighed(z, soft);
  const weight = tf.sum(target, 1, true);
  return tf.div(tf.sub(tf.mul(weight, tf.softmax(z)), target), z.shape[0]);
}
