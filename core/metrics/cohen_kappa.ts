import { agreementOf } from "./agreement.ts";
import type { Metric } from "./metric.ts";

/**
 * Cohen's κ = (pₒ − pₑ)/(1 − pₑ), pₒ being the accuracy and pₑ the accuracy that predictions of the
 * same frequencies would reach by chance (Cohen 1960); scikit-learn's `cohen_kappa_score`. In
 * [−1, 1]; 0 for predictions that are independent of the labels.
 *
 * Computed as (n·correct − chance)/(n² − chance) with the exact integers of `agreement.ts`: one
 * rounding. NaN where all labels and all predictions are one class, which is 0/0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 0, 1, 1]),
 *   predicted: new Int32Array([0, 0, 1, 0]),
 *   probabilities: new Float32Array(8).fill(0.5),
 * });
 * assert.equal(cohenKappa.compute(answers), (3 / 4 - 1 / 2) / (1 - 1 / 2));
 * ```
 */
export const cohenKappa: Metric = {
  name: "cohenKappa",
  greaterIsBetter: true,
  range: [-1, 1],
  bootstrapped: true,
  undefinedWhere: "all samples are of one class and were given it",
  compute(answers) {
    const { samples, correct, chance } = agreementOf(answers);
    return (samples * correct - chance) / (samples * samples - chance);
  },
};
