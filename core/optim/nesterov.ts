import { COUPLED_DECAY, learningRate, MOMENTUM } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Nesterov's accelerated gradient, in the form that takes the gradient at the parameters themselves,
 * as in PyTorch: v ← μv + g; θ ← θ − η(g + μv).
 *
 * Nesterov, *A method of solving a convex programming problem with convergence rate O(1/k²)*, 1983;
 * Sutskever et al., *On the importance of initialization and momentum in deep learning*, ICML 2013.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rule = nesterov.rule({ learningRate: 0.1, weightDecay: 0, momentum: 0.9 }, 1);
 * assert.ok(rule.kind === "momentum" && rule.lookahead === 0.9);
 * ```
 */
export const nesterov = defineOptimizer({
  name: "nesterov",
  title: "Nesterov",
  formula: () =>
    String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
v_t &= \mu v_{t-1} + g_t \\
\theta_t &= \theta_{t-1} - \eta\,(g_t + \mu v_t)
\end{aligned}`,
  source: "Sutskever et al. 2013, ICML",
  hyperparameters: {
    learningRate: learningRate(0.01),
    weightDecay: COUPLED_DECAY,
    momentum: MOMENTUM,
  },
  slots: ["velocity"],
  rule: ({ learningRate, weightDecay, momentum }) => ({
    kind: "momentum",
    learningRate,
    momentum,
    gain: 1,
    lookahead: momentum,
    l2: weightDecay,
    decay: 0,
  }),
});
