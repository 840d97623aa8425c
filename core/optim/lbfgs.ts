import { COUPLED_DECAY } from "./common.ts";
import type { Method } from "./optimizer.ts";

/**
 * L-BFGS: a quasi-Newton method on all training samples at once, for heads whose loss is convex. An
 * epoch is one iteration; its step length satisfies the strong Wolfe conditions.
 *
 * Liu & Nocedal, *On the limited memory BFGS method for large scale optimization*, Mathematical
 * Programming 45, 1989.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveHyperparameters } from "./hyperparameters.ts";
 *
 * assert.equal(resolveHyperparameters(lbfgs, { weightDecay: 0.01 }).memory, 10);
 * ```
 */
export const lbfgs = {
  name: "lbfgs",
  title: "L-BFGS",
  formula: () =>
    String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
\theta_t &= \theta_{t-1} - \alpha_t H_t\, g_t
\end{aligned}`,
  source: "Liu & Nocedal 1989, doi:10.1007/BF01589116",
  hyperparameters: {
    learningRate: {
      default: 1,
      minimum: 0,
      maximum: 1000,
      exclusive: "minimum",
      description: "the step length that is tried first",
    },
    weightDecay: COUPLED_DECAY,
    memory: {
      default: 10,
      minimum: 1,
      maximum: 100,
      integer: true,
      description: "m: how many of the last steps approximate the curvature",
    },
    tolerance: {
      default: 1e-5,
      minimum: 0,
      maximum: 1,
      description: "greatest absolute value of the gradient at which the training has converged",
    },
  },
} satisfies Method<string>;
