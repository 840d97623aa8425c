import { COUPLED_DECAY, decayRate, learningRate } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Stochastic gradient descent with classical momentum, as in PyTorch (dampening 0):
 * g ← g + λθ; v ← μv + g; θ ← θ − ηv.
 *
 * Polyak, *Some methods of speeding up the convergence of iteration methods*, 1964.
 */
export const sgd = defineOptimizer({
  name: "sgd",
  title: "SGD",
  formula: String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
v_t &= \mu v_{t-1} + g_t \\
\theta_t &= \theta_{t-1} - \eta v_t
\end{aligned}`,
  source: "Polyak 1964, doi:10.1016/0041-5553(64)90137-5",
  hyperparameters: {
    learningRate: learningRate(0.01),
    weightDecay: COUPLED_DECAY,
    momentum: decayRate(0.9, "momentum μ: the share of the last step's velocity that is kept"),
  },
  slots: ["velocity"],
  rule: ({ learningRate, weightDecay, momentum }) => ({
    kind: "momentum",
    learningRate,
    momentum,
    l2: weightDecay,
    decay: 0,
  }),
});
