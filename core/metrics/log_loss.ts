import type { Metric } from "./metric.ts";

/**
 * Mean of −ln p over the samples in nats, p being the probability of the right class;
 * scikit-learn's `log_loss`.
 *
 * Each probability is first held to [ε, 1 − ε] with ε = 2⁻²³ ({@linkcode LEAST_PROBABILITY}), and
 * each sample's are then divided by their sum (added in the order of the classes). Sums are in
 * binary64, in the order of the samples; ln is `core/math/log.ts`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 1, 1]),
 *   predicted: new Int32Array([0, 1, 0]),
 *   probabilities: new Float32Array([0.75, 0.25, 0.25, 0.75, 0.5, 0.5]),
 * });
 * // −(ln 0.75 + ln 0.75 + ln 0.5) / 3: the probabilities of the right classes.
 * assert(Math.abs(logLoss.compute(answers) - 0.42284) < 1e-5);
 * ```
 */
export const logLoss: Metric = {
  name: "logLoss",
  greaterIsBetter: false,
  compute({ losses, rows }) {
    let sum = 0;
    for (let i = 0; i < rows.length; i++) sum += losses[rows[i]];
    return sum / rows.length;
  },
};
