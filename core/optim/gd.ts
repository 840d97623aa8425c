import { COUPLED_DECAY, learningRate } from "./common.ts";
import { defineOptimizer } from "./optimizer.ts";

/**
 * Gradient descent: every step takes the gradient of all training samples, θ ← θ − η(g + λθ).
 *
 * Cauchy, *Méthode générale pour la résolution des systèmes d'équations simultanées*, 1847.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rule = gd.rule({ learningRate: 0.1, weightDecay: 0 }, 1);
 * assert.deepEqual(rule, { kind: "sgd", learningRate: 0.1, l2: 0, decay: 0 });
 * ```
 */
export const gd = defineOptimizer({
  name: "gd",
  title: "GD",
  formula: () =>
    String.raw`\theta_t = \theta_{t-1}
  - \eta\,\bigl(\nabla L(\theta_{t-1}) + \lambda\theta_{t-1}\bigr)`,
  source: "Cauchy 1847",
  hyperparameters: { learningRate: learningRate(0.1), weightDecay: COUPLED_DECAY },
  slots: [],
  fullBatch: true,
  rule: ({ learningRate, weightDecay }) => ({
    kind: "sgd",
    learningRate,
    l2: weightDecay,
    decay: 0,
  }),
});
