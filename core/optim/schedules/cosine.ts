import { cosineBetween, defineSchedule } from "./schedule.ts";
import { share } from "./shares.ts";

/**
 * The learning rate falls along half a cosine, step by step, to a share of itself at the end of the
 * last epoch; no restarts.
 *
 * Loshchilov & Hutter, *SGDR: stochastic gradient descent with warm restarts*, ICLR 2017.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const at = { step: 12, stepsPerEpoch: 4, epochs: 6, watched: [] };
 * assert.ok(Math.abs(cosine.factor({ finalShare: 0 }, at) - 0.5) < 1e-12); // Half-way.
 * ```
 */
export const cosine = defineSchedule({
  name: "cosine",
  title: "cosine",
  formula: String.raw`\eta_t = \eta\left(\rho + (1 - \rho)\,
  \tfrac{1}{2}\bigl(1 + \cos(\pi t / T)\bigr)\right)`,
  source: "Loshchilov & Hutter 2017, arXiv:1608.03983",
  hyperparameters: {
    finalShare: share(0, "ρ: the share of the learning rate that is left at the end"),
  },
  factor: ({ finalShare }, { step, stepsPerEpoch, epochs }) =>
    cosineBetween(1, finalShare, step / (stepsPerEpoch * epochs)),
});
