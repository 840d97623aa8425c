import { adamRule, MOMENTS } from "./adam_rule.ts";
import { decoupledDecay, learningRate } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Adam with decoupled weight decay, as in PyTorch: the decay is scaled by the learning rate and
 * does not enter the moments.
 *
 * Loshchilov & Hutter, *Decoupled weight decay regularization*, ICLR 2019.
 */
export const adamw = defineOptimizer({
  name: "adamw",
  title: "AdamW",
  formula: String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) \\
m_t &= \beta_1 m_{t-1} + (1-\beta_1)\, g_t \\
v_t &= \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2 \\
\theta_t &= (1 - \eta\lambda)\,\theta_{t-1}
  - \eta\, \frac{m_t / (1-\beta_1^t)}{\sqrt{v_t / (1-\beta_2^t)} + \varepsilon}
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
