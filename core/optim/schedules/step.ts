import { power } from "../../math/power.ts";
import { defineSchedule, epochOf } from "./schedule.ts";
import { decayFactor, epochCount } from "./shares.ts";

/**
 * The learning rate is multiplied by γ every so many epochs, as residual networks were trained.
 *
 * He et al., *Deep residual learning for image recognition*, CVPR 2016.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const at = { step: 8, stepsPerEpoch: 4, epochs: 6, watched: [] };
 * assert.equal(step.factor({ every: 2, factor: 0.5 }, at), 0.5); // After two epochs.
 * ```
 */
export const step = defineSchedule({
  name: "step",
  title: "in steps",
  formula: String.raw`\eta_t = \eta\,\gamma^{\lfloor \lfloor t/n \rfloor / k \rfloor}`,
  source: "He et al. 2016, arXiv:1512.03385",
  hyperparameters: {
    every: epochCount(30, "k: epochs from one step to the next"),
    factor: decayFactor(0.1, "γ: what the rate is multiplied by at each step"),
  },
  factor: ({ every, factor }, at) => power(factor, Math.floor(epochOf(at) / every)),
});
