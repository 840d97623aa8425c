import { adamRule, MOMENTS } from "./adam_rule.ts";
import { COUPLED_DECAY, learningRate } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Adam with bias correction; weight decay, where asked for, is coupled (an L2 penalty), as in
 * PyTorch.
 *
 * Kingma & Ba, *Adam: a method for stochastic optimization*, ICLR 2015.
 */
export const adam = defineOptimizer({
  name: "adam",
  title: "Adam",
  formula: String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
m_t &= \beta_1 m_{t-1} + (1-\beta_1)\, g_t \\
v_t &= \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2 \\
\theta_t &= \theta_{t-1}
  - \eta\, \frac{m_t / (1-\beta_1^t)}{\sqrt{v_t / (1-\beta_2^t)} + \varepsilon}
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
