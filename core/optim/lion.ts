import { decayRate, decoupledDecay, learningRate } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Lion (*evolved sign momentum*): the sign of an interpolated momentum, with decoupled weight
 * decay. Its steps have one size in every coordinate, so its learning rate is usually 3 to 10
 * times smaller than AdamW's and its weight decay as many times larger.
 *
 * Chen et al., *Symbolic discovery of optimization algorithms*, NeurIPS 2023.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const values = { learningRate: 0.1, weightDecay: 0, beta1: 0.75, beta2: 0.5 };
 * const rule = lion.rule(values, 1);
 * assert.ok(rule.kind === "lion" && rule.gain1 === 0.25 && rule.gain2 === 0.5);
 * ```
 */
export const lion = defineOptimizer({
  name: "lion",
  title: "Lion",
  formula: () =>
    String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) \\
c_t &= \beta_1 m_{t-1} + (1-\beta_1)\, g_t \\
\theta_t &= \theta_{t-1} - \eta\,\bigl(\operatorname{sign}(c_t) + \lambda\theta_{t-1}\bigr) \\
m_t &= \beta_2 m_{t-1} + (1-\beta_2)\, g_t
\end{aligned}`,
  source: "Chen et al. 2023, arXiv:2302.06675",
  hyperparameters: {
    learningRate: learningRate(0.0001),
    weightDecay: decoupledDecay(0),
    beta1: decayRate(0.9, "β₁: share of the momentum in the direction of a step"),
    beta2: decayRate(0.99, "β₂: decay rate of the momentum"),
  },
  slots: ["momentum"],
  rule: ({ learningRate, weightDecay, beta1, beta2 }) => ({
    kind: "lion",
    learningRate,
    beta1,
    gain1: 1 - beta1,
    beta2,
    gain2: 1 - beta2,
    l2: 0,
    decay: learningRate * weightDecay,
  }),
});
