import type { Denominator, UpdateRule } from "../optim/rules.ts";

/** The scalars that a rule's kernel takes after the arrays and their size, in its order. */
export function updateScalars(rule: UpdateRule): number[] {
  const { l2, decay } = rule;
  switch (rule.kind) {
    case "sgd":
      return [l2, decay, rule.learningRate];
    case "momentum":
      return [l2, decay, rule.learningRate, rule.momentum, rule.gain, rule.lookahead];
    case "adam": {
      const { beta1, gain1, beta2, gain2, stepSize, gradientShare } = rule;
      const moments = [beta1, gain1, beta2, gain2, stepSize, gradientShare];
      return [l2, decay, ...moments, ...denominatorScalars(rule)];
    }
    case "rmsprop": {
      const { learningRate, beta2, gain2, momentum } = rule;
      return [l2, decay, learningRate, beta2, gain2, momentum, ...denominatorScalars(rule)];
    }
    case "lion": {
      const { learningRate, beta1, gain1, beta2, gain2 } = rule;
      return [l2, decay, learningRate, beta1, gain1, beta2, gain2];
    }
  }
}

function denominatorScalars({ rootGain, rootShift, rootScale, epsilon }: Denominator): number[] {
  return [rootGain, rootShift, rootScale, epsilon];
}
