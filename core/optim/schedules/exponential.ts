import { power } from "../../math/power.ts";
import { defineSchedule, epochOf } from "./schedule.ts";
import { decayFactor } from "./shares.ts";

/**
 * The learning rate is multiplied by γ after every epoch.
 *
 * Goodfellow, Bengio & Courville, *Deep learning*, 2016, section 8.3.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const at = { step: 8, stepsPerEpoch: 4, epochs: 6, watched: [] };
 * assert.equal(exponential.factor({ factor: 0.5 }, at), 0.25); // After two epochs.
 * ```
 */
export const exponential = defineSchedule({
  name: "exponential",
  title: "exponential",
  formula: String.raw`\eta_t = \eta\,\gamma^{\lfloor t/n \rfloor}`,
  source: "Goodfellow, Bengio & Courville 2016, section 8.3",
  hyperparameters: {
    factor: decayFactor(0.95, "γ: what the rate is multiplied by after each epoch"),
  },
  factor: ({ factor }, at) => power(factor, epochOf(at)),
});
