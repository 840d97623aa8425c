/**
 * Activations and their derivatives.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Activation } from "../nn/activations.ts";

/** The standard normal distribution's cumulative function. */
function normal(x: tf.Tensor): tf.Tensor {
  return tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));
}

/** Its density. */
function density(x: tf.Tensor): tf.Tensor {
  return tf.mul(1 / Math.sqrt(2 * Math.PI), tf.exp(tf.mul(-0.5, tf.square(x))));
}

function isPositive(x: tf.Tensor): tf.Tensor {
  return tf.greater(x, 0);
}

/** y = f(x). */
export function activation(of: Activation, x: tf.Tensor): tf.Tensor {
  switch (of.kind) {
    case "sigmoid":
      return tf.sigmoid(x);
    case "tanh":
      return tf.tanh(x);
    case "relu":
      return tf.relu(x);
    case "leakyRelu":
      return tf.leakyRelu(x, of.slope);
    case "elu":
      return tf.where(isPositive(x), x, tf.mul(of.alpha, tf.elu(x)));
    case "gelu":
      return tf.mul(x, normal(x));
  }
}

/** The gradient by x, from x, y = f(x) and the gradient by y. */
export function activationGradient(
  of: Activation,
  x: tf.Tensor,
  y: tf.Tensor,
  g: tf.Tensor,
): tf.Tensor {
  switch (of.kind) {
    case "sigmoid":
      return tf.mul(g, tf.mul(y, tf.sub(1, y)));
    case "tanh":
      return tf.mul(g, tf.sub(1, tf.square(y)));
    case "relu":
      return tf.mul(g, tf.step(x));
    case "leakyRelu":
      return tf.where(isPositive(x), g, tf.mul(g, of.slope));
    case "elu": {
      const dx: tf.Tensor = tf.engine().runKernel(tf.EluGrad, { dy: g, y: tf.elu(x) });
      return tf.where(isPositive(x), g, tf.mul(of.alpha, dx));
    }
    case "gelu":
      return tf.mul(g, tf.add(normal(x), tf.mul(x, density(x))));
  }
}
