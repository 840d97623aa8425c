/**
 * Batch normalisation.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";

/** Arrays of one number a column. */
type Columns<Name extends string> = Record<Name, tf.Tensor1D>;

/** Mean and variance of each column. */
export function statistics(x: tf.Tensor2D): { mean: tf.Tensor; variance: tf.Tensor } {
  return tf.moments(x, 0);
}

/** x normalised, scaled and shifted. */
export function normalize(
  x: tf.Tensor2D,
  { mean, variance, scale, shift }: Columns<"mean" | "variance" | "scale" | "shift">,
  epsilon: number,
): tf.Tensor {
  return tf.batchNorm(x, mean, variance, shift, scale, epsilon);
}

/**
 * The gradients by the chain rule as Ioffe & Szegedy (2015, §3) write it out: through the variance,
 * the mean and the input by turns, where the specification has one formula in closed form.
 */
export function normalizeGradient(
  x: tf.Tensor2D,
  { mean, variance, scale }: Columns<"mean" | "variance" | "scale">,
  epsilon: number,
  g: tf.Tensor2D,
): { scale: tf.Tensor; shift: tf.Tensor; input: tf.Tensor } {
  const n = x.shape[0];
  const centred = tf.sub(x, mean);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const byHat = tf.mul(g, scale);
  const byVariance = tf.mul(
    tf.sum(tf.mul(byHat, centred), 0),
    tf.mul(-0.5, tf.pow(inverse, 3)),
  );
  const byMean = tf.sub(
    tf.neg(tf.mul(tf.sum(byHat, 0), inverse)),
    tf.mul(byVariance, tf.mul(2, tf.mean(centred, 0))),
  );
  const throughStatistics = tf.add(tf.mul(byVariance, tf.mul(2, centred)), byMean);
  return {
    scale: tf.sum(tf.mul(g, tf.mul(centred, inverse)), 0),
    shift: tf.sum(g, 0),
    input: tf.add(tf.mul(byHat, inverse), tf.div(throughStatistics, n)),
  };
}

/** (1 − rate) · average + rate · factor · value. */
export function moveAverage(
  average: tf.Tensor,
  value: tf.Tensor,
  rate: number,
  factor: number,
): tf.Tensor {
  return tf.add(tf.mul(average, 1 - rate), tf.mul(value, rate * factor));
}
