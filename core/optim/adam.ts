import { adamRule, adamStepFormula, MOMENT_LINES, MOMENTS } from "./adam_rule.ts";
import { COUPLED_DECAY, learningRate } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Adam with bias correction; weight decay, where asked for, is coupled (an L2 penalty), as in
 * PyTorch.
 *
 * Kingma & Ba, *Adam: a method for stochastic optimization*, ICLR 2015.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveHyperparameters } from "./hyperparameters.ts";
 *
 * const rule = adam.rule(resolveHyperparameters(adam, { weightDecay: 0.5 }) as never, 1);
 * assert.ok(rule.kind === "adam" && rule.l2 === 0.5 && rule.decay === 0);
 * ```
 */
export const adam = defineOptimizer({
  name: "adam",
  title: "Adam",
  formula: (values) =>
    String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
${MOMENT_LINES} \\
\theta_t &= \theta_{t-1} - ${adamStepFormula(values)}
\end{aligned}`,
  source: "Kingma & Ba 2015, arXiv:1412.6980",
  hyperparameters: {
    learningRate: learningRate(0.001),
    weightDecay: COUPLED_DECAY,
    ...MOMENTS,
  },
  slots: ["mean", "variance"],
  rule: (values, step) => adamRule(values, step, { l2: values.weightDecay, decay: 0 }),
});
