import { decoupledDecay, learningRate, MOMENTUM } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * SGD with classical momentum and decoupled weight decay: the decay does not enter the velocity,
 * v ← μv + g; θ ← (1 − ηλ)θ − ηv.
 *
 * Loshchilov & Hutter, *Decoupled weight decay regularization*, ICLR 2019.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { l2, decay } = sgdw.rule({ learningRate: 0.5, weightDecay: 0.25, momentum: 0.9 }, 1);
 * assert.deepEqual([l2, decay], [0, 0.125]);
 * ```
 */
export const sgdw = defineOptimizer({
  name: "sgdw",
  title: "SGDW",
  formula: () =>
    String.raw`\begin{aligned}
v_t &= \mu v_{t-1} + \nabla L(\theta_{t-1}) \\
\theta_t &= (1 - \eta\lambda)\,\theta_{t-1} - \eta v_t
\end{aligned}`,
  source: "Loshchilov & Hutter 2019, arXiv:1711.05101",
  hyperparameters: {
    learningRate: learningRate(0.01),
    weightDecay: decoupledDecay(0.01),
    momentum: MOMENTUM,
  },
  slots: ["velocity"],
  rule: ({ learningRate, weightDecay, momentum }) => ({
    kind: "momentum",
    learningRate,
    momentum,
    gain: 1,
    lookahead: 0,
    l2: 0,
    decay: learningRate * weightDecay,
  }),
});
