import { COUPLED_DECAY, decayRate, learningRate } from "./common.ts";
import { denominator, denominatorFormula, EPSILON } from "./denominator.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * RMSprop: each step is divided by the root of a moving mean of squared gradients; with momentum, as
 * in PyTorch, a velocity gathers the divided steps.
 *
 * Tieleman & Hinton, *Neural networks for machine learning*, lecture 6.5, 2012.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveHyperparameters } from "./hyperparameters.ts";
 *
 * const rule = rmsprop.rule(resolveHyperparameters(rmsprop, { epsilonInside: 1 }) as never, 1);
 * assert.ok(rule.kind === "rmsprop" && rule.rootShift === 1e-8 && rule.epsilon === 0);
 * ```
 */
export const rmsprop = defineOptimizer({
  name: "rmsprop",
  title: "RMSprop",
  formula: (values) => {
    const step = String.raw`\frac{g_t}{${denominatorFormula(values, "v_t")}}`;
    const lines = values.momentum === 0
      ? String.raw`\theta_t &= \theta_{t-1} - \eta\, ${step}`
      : String.raw`b_t &= \mu b_{t-1} + ${step} \\
\theta_t &= \theta_{t-1} - \eta b_t`;
    return String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
v_t &= \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2 \\
${lines}
\end{aligned}`;
  },
  source: "Tieleman & Hinton 2012, lecture 6.5",
  hyperparameters: {
    learningRate: learningRate(0.001),
    weightDecay: COUPLED_DECAY,
    beta2: decayRate(0.99, "β₂: decay rate of the squared gradient's moving mean"),
    momentum: decayRate(0, "momentum μ: the share of the last divided steps that is kept"),
    ...EPSILON,
  },
  slots: ["variance", "velocity"],
  rule: (values) => ({
    kind: "rmsprop",
    learningRate: values.learningRate,
    beta2: values.beta2,
    gain2: 1 - values.beta2,
    momentum: values.momentum,
    ...denominator(values, 1),
    l2: values.weightDecay,
    decay: 0,
  }),
});
