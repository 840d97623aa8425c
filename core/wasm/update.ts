import type { UpdateRule } from "../optim/rules.ts";

/** The scalars that a rule's kernel takes after the arrays and their size, in its order. */
export function updateScalars(rule: UpdateRule): number[] {
  const { l2, decay } = rule;
  switch (rule.kind) {
    case "sgd":
      return [l2, decay, rule.learningRate];
    case "momentum":
      return [l2, decay, rule.learningRate, rule.momentum];
    case "adam": {
      const { beta1, gain1, beta2, gain2, stepSize, rootScale, epsilon } = rule;
      return [l2, decay, beta1, gain1, beta2, gain2, stepSize, rootScale, epsilon];
    }
    case "lion": {
      const { learningRate, beta1, gain1, beta2, gain2 } = rule;
      return [l2, decay, learningRate, beta1, gain1, beta2, gain2];
    }
  }
}
