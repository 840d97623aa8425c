import * as tf from "@tensorflow/tfjs-core";
import type { Denominator, UpdateRule } from "../optim/rules.ts";

/** (a · x) + (b · y). */
function mix(a: number, x: tf.Tensor, b: number, y: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(a, x), tf.mul(b, y));
}

/** What a second moment makes of the step's divisor. */
function denominator(v: tf.Tensor, rule: Denominator): tf.Tensor {
  const root = tf.sqrt(tf.add(tf.mul(v, rule.rootGain), rule.rootShift));
  return tf.add(tf.mul(root, rule.rootScale), rule.epsilon);
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
      const v = mix(rule.momentum, slots[0], rule.gain, g);
      const direction = rule.lookahead === 0 ? v : mix(rule.lookahead, v, 1, g);
      return { parameters: stepped(rule.learningRate, direction), slots: [v] };
    }
    case "adam": {
      const m = mix(rule.beta1, slots[0], rule.gain1, g);
      const v = mix(rule.beta2, slots[1], rule.gain2, tf.square(g));
      const direction = rule.gradientShare === 0 ? m : mix(rule.gradientShare, g, 1, m);
      const step = tf.div(direction, denominator(v, rule));
      return { parameters: stepped(rule.stepSize, step), slots: [m, v] };
    }
    case "rmsprop": {
      const v = mix(rule.beta2, slots[0], rule.gain2, tf.square(g));
      const b = mix(rule.momentum, slots[1], 1, tf.div(g, denominator(v, rule)));
      return { parameters: stepped(rule.learningRate, b), slots: [v, b] };
    }
    case "lion": {
      const c = mix(rule.beta1, slots[0], rule.gain1, g);
      const m = mix(rule.beta2, slots[0], rule.gain2, g);
      return { parameters: stepped(rule.learningRate, tf.sign(c)), slots: [m] };
    }
  }
}
