import { COUPLED_DECAY, decayRate, learningRate } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Momentum as an exponential moving average of gradients: v ← βv + (1 − β)g; θ ← θ − ηv. With the
 * same β it is `sgd` at a learning rate of η(1 − β), up to rounding; the average remembers about
 * 1/(1 − β) steps.
 *
 * Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rule = momentum.rule({ learningRate: 0.1, weightDecay: 0, beta: 0.75 }, 1);
 * assert.ok(rule.kind === "momentum" && rule.gain === 0.25);
 * ```
 */
export const momentum = defineOptimizer({
  name: "momentum",
  title: "Momentum",
  formula: () =>
    String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
v_t &= \beta v_{t-1} + (1-\beta)\, g_t \\
\theta_t &= \theta_{t-1} - \eta v_t
\end{aligned}`,
  source: "Polyak 1964, doi:10.1016/0041-5553(64)90137-5",
  hyperparameters: {
    learningRate: learningRate(0.1),
    weightDecay: COUPLED_DECAY,
    beta: decayRate(0.9, "β: decay rate of the gradient's moving mean"),
  },
  slots: ["mean"],
  rule: ({ learningRate, weightDecay, beta }) => ({
    kind: "momentum",
    learningRate,
    momentum: beta,
    gain: 1 - beta,
    lookahead: 0,
    l2: weightDecay,
    decay: 0,
  }),
});
