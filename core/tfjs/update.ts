import * as tf from "@tensorflow/tfjs-core";
import type { UpdateRule } from "../optim/rules.ts";

/** (a · x) + (b · y). */
function mix(a: number, x: tf.Tensor, b: number, y: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(a, x), tf.mul(b, y));
}

/** Parameters and slots after one pass of an update; formulas in `core/optim/rules.ts`. */
export function update(
  before: tf.Tensor,
  gradient: tf.Tensor,
  slots: readonly tf.Tensor[],
  rule: UpdateRule,
): { parameters: tf.Tensor; slots: tf.Tensor[] } {
  const g = rule.l2 === 0 ? gradient : mix(1, gradient, rule.l2, before);
  const theta = rule.decay === 0 ? before : tf.mul(1 - rule.decay, before);
  const stepped = (rate: number, direction: tf.Tensor) => mix(1, theta, -rate, direction);
  switch (rule.kind) {
    case "sgd":
      return { parameters: stepped(rule.learningRate, g), slots: [] };
    case "momentum": {
      const v = mix(rule.momentum, slots[0], 1, g);
      return { parameters: stepped(rule.learningRate, v), slots: [v] };
    }
    case "adam": {
      const m = mix(rule.beta1, slots[0], rule.gain1, g);
      const v = mix(rule.beta2, slots[1], rule.gain2, tf.square(g));
      const denominator = tf.add(tf.mul(tf.sqrt(v), rule.rootScale), rule.epsilon);
      return { parameters: stepped(rule.stepSize, tf.div(m, denominator)), slots: [m, v] };
    }
    case "lion": {
      const c = mix(rule.beta1, slots[0], rule.gain1, g);
      const m = mix(rule.beta2, slots[0], rule.gain2, g);
      return { parameters: stepped(rule.learningRate, tf.sign(c)), slots: [m] };
    }
  }
}
