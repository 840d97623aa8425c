import { COUPLED_DECAY, learningRate, MOMENTUM } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Stochastic gradient descent with classical momentum, as in PyTorch (dampening 0):
 * g ← g + λθ; v ← μv + g; θ ← θ − ηv.
 *
 * Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rule = sgd.rule({ learningRate: 0.1, weightDecay: 0.01, momentum: 0.9 }, 1);
 * assert.ok(rule.kind === "momentum" && rule.l2 === 0.01 && rule.gain === 1);
 * ```
 */
export const sgd = defineOptimizer({
  name: "sgd",
  title: "SGD",
  formula: () =>
    String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
v_t &= \mu v_{t-1} + g_t \\
\theta_t &= \theta_{t-1} - \eta v_t
\end{aligned}`,
  source: "Polyak 1964, doi:10.1016/0041-5553(64)90137-5",
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
    lookahead: 0,
    l2: weightDecay,
    decay: 0,
  }),
});
