import type { Denominator, UpdateRule } from "../optim/rules.ts";
import type { MultiplyAdd } from "../math/multiply_add.ts";
import { sign } from "./regularization.ts";

const { fround } = Math;

/** What a second moment makes of the step's divisor. */
function denominator(fma: MultiplyAdd, rule: Denominator): (v: number) => number {
  const gain = fround(rule.rootGain), shift = fround(rule.rootShift);
  const scale = fround(rule.rootScale), epsilon = fround(rule.epsilon);
  return (v) => fma(fround(Math.sqrt(fma(v, gain, shift))), scale, epsilon);
}

/** One pass of an update over parameters; formulas and slots in `core/optim/rules.ts`. */
export function update(
  fma: MultiplyAdd,
  parameters: Float32Array,
  gradient: Float32Array,
  slots: readonly Float32Array[],
  rule: UpdateRule,
): void {
  const l2 = fround(rule.l2), decay = fround(rule.decay);
  const step = elementUpdate(fma, slots, rule);
  for (let i = 0; i < parameters.length; i++) {
    let theta = parameters[i];
    let g = gradient[i];
    if (l2 !== 0) g = fma(l2, theta, g);
    if (decay !== 0) theta = fma(-decay, theta, theta);
    parameters[i] = step(i, theta, g);
  }
}

/** A rule as a function of an element's place, θ and g; it updates the slots, and gives θ. */
function elementUpdate(
  fma: MultiplyAdd,
  slots: readonly Float32Array[],
  rule: UpdateRule,
): (i: number, theta: number, g: number) => number {
  switch (rule.kind) {
    case "sgd": {
      const rate = fround(rule.learningRate);
      return (_, theta, g) => fma(-rate, g, theta);
    }
    case "momentum": {
      const rate = fround(rule.learningRate), momentum = fround(rule.momentum);
      const gain = fround(rule.gain), lookahead = fround(rule.lookahead);
      const [v] = slots;
      return (i, theta, g) => {
        v[i] = fma(momentum, v[i], fround(gain * g));
        return fma(-rate, lookahead === 0 ? v[i] : fma(lookahead, v[i], g), theta);
      };
    }
    case "adam": {
      const beta1 = fround(rule.beta1), gain1 = fround(rule.gain1);
      const beta2 = fround(rule.beta2), gain2 = fround(rule.gain2);
      const stepSize = fround(rule.stepSize), share = fround(rule.gradientShare);
      const divisor = denominator(fma, rule);
      const [m, v] = slots;
      return (i, theta, g) => {
        m[i] = fma(beta1, m[i], fround(gain1 * g));
        v[i] = fma(beta2, v[i], fround(fround(gain2 * g) * g));
        const direction = share === 0 ? m[i] : fma(share, g, m[i]);
        return fma(-stepSize, fround(direction / divisor(v[i])), theta);
      };
    }
    case "rmsprop": {
      const rate = fround(rule.learningRate), momentum = fround(rule.momentum);
      const beta2 = fround(rule.beta2), gain2 = fround(rule.gain2);
      const divisor = denominator(fma, rule);
      const [v, b] = slots;
      return (i, theta, g) => {
        v[i] = fma(beta2, v[i], fround(fround(gain2 * g) * g));
        b[i] = fma(momentum, b[i], fround(g / divisor(v[i])));
        return fma(-rate, b[i], theta);
      };
    }
    case "lion": {
      const rate = fround(rule.learningRate);
      const beta1 = fround(rule.beta1), gain1 = fround(rule.gain1);
      const beta2 = fround(rule.beta2), gain2 = fround(rule.gain2);
      const [m] = slots;
      return (i, theta, g) => {
        const c = fma(beta1, m[i], fround(gain1 * g));
        m[i] = fma(beta2, m[i], fround(gain2 * g));
        return fma(-rate, sign(c), theta);
      };
    }
  }
}
