import { power } from "../../math/power.ts";
import { defineSchedule } from "./schedule.ts";
import { decayFactor, epochCount } from "./shares.ts";

/**
 * The learning rate is multiplied by γ when the watched value has not improved for more than so many
 * epochs, as by PyTorch's `ReduceLROnPlateau` (Keras reduces it an epoch earlier, at the last of them);
 * r_t counts how often it has been: an improvement is a value below the best by more than a share of
 * it, and the count starts anew after each reduction.
 *
 * Bengio, *Practical recommendations for gradient-based training of deep architectures*, 2012.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const values = { factor: 0.5, patience: 1, change: 0 };
 * const at = { step: 12, stepsPerEpoch: 4, epochs: 6, watched: [3, 3, 3] };
 * assert.equal(plateau.factor(values, at), 0.5); // Two epochs without improvement.
 * ```
 */
export const plateau = defineSchedule({
  name: "plateau",
  title: "reduced on a plateau",
  formula: String.raw`\eta_t = \eta\,\gamma^{r_t}`,
  source: "Bengio 2012, arXiv:1206.5533",
  hyperparameters: {
    factor: decayFactor(0.1, "γ: what the rate is multiplied by at each plateau"),
    patience: epochCount(10, "p: epochs without improvement that are borne"),
    change: {
      default: 0.0001,
      minimum: 0,
      maximum: 1,
      exclusive: "maximum",
      description: "the least improvement, as a share of the best value",
    },
  },
  factor: ({ factor, patience, change }, { watched }) =>
    power(factor, countPlateaus(watched, patience, change)),
});

/** How often a value that should fall stood still for more than `patience` epochs. */
function countPlateaus(watched: readonly number[], patience: number, change: number): number {
  let best = Infinity, waited = 0, plateaus = 0;
  for (const value of watched) {
    // A value below 0, such as a negated accuracy, improves away from 0.
    if (best === Infinity ? value < best : value < best - change * Math.abs(best)) {
      best = value;
      waited = 0;
    } else if (++waited > patience) {
      plateaus++;
      waited = 0;
    }
  }
  return plateaus;
}
