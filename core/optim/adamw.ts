import { adamRule, adamStepFormula, MOMENT_LINES, MOMENTS } from "./adam_rule.ts";
import { decoupledDecay, learningRate } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Adam with decoupled weight decay, as in PyTorch: the decay is scaled by the learning rate and
 * does not enter the moments.
 *
 * Loshchilov & Hutter, *Decoupled weight decay regularization*, ICLR 2019.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveHyperparameters } from "./hyperparameters.ts";
 *
 * const values = resolveHyperparameters(adamw, { learningRate: 0.5, weightDecay: 0.5 });
 * const { l2, decay } = adamw.rule(values as never, 1);
 * assert.deepEqual([l2, decay], [0, 0.25]);
 * ```
 */
export const adamw = defineOptimizer({
  name: "adamw",
  title: "AdamW",
  formula: (values) =>
    String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) \\
${MOMENT_LINES} \\
\theta_t &= (1 - \eta\lambda)\,\theta_{t-1} - ${adamStepFormula(values)}
\end{aligned}`,
  source: "Loshchilov & Hutter 2019, arXiv:1711.05101",
  hyperparameters: {
    learningRate: learningRate(0.001),
    weightDecay: decoupledDecay(0.01),
    ...MOMENTS,
  },
  slots: ["mean", "variance"],
  rule: (values, step) =>
    adamRule(values, step, { l2: 0, decay: values.learningRate * values.weightDecay }),
});
