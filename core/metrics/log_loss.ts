import { log } from "../math/log.ts";
import type { Answers, AnswersOptions } from "./answers.ts";
import type { Metric } from "./metric.ts";
import { meanOfRows } from "./mean_of_rows.ts";

/**
 * Least probability that the log loss takes, 2⁻²³: the spacing of binary32 at 1, which is
 * scikit-learn's choice for binary32 probabilities (`eps="auto"`).
 */
export const LEAST_PROBABILITY = 1 / 0x800000;

/**
 * Mean of −ln p over the samples in nats, p being the probability of the right class;
 * scikit-learn's `log_loss`. From 0 up.
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
  range: [0, Infinity],
  bootstrapped: true,
  ofProbabilities: true,
  compute: (answers) => meanOfRows(answers, losses),
};

/**
 * The log loss of each class's samples `[k]`, as {@linkcode logLoss} has it of all; NaN where a class
 * has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 0, 1]),
 *   predicted: new Int32Array([0, 0, 0]),
 *   probabilities: new Float32Array([0.75, 0.25, 0.5, 0.5, 0.5, 0.5]),
 * });
 * const [of0, of1] = logLossOfClasses(answers);
 * assert.ok(Math.abs(of0 - (Math.log(4 / 3) + Math.log(2)) / 2) < 1e-6);
 * assert.ok(Math.abs(of1 - Math.log(2)) < 1e-6);
 * ```
 */
export function logLossOfClasses(answers: Answers): Float64Array {
  const values = answers.perRow(losses);
  const sums = new Float64Array(answers.classes);
  const counts = new Int32Array(answers.classes);
  for (const row of answers.rows) {
    sums[answers.labels[row]] += values[row];
    counts[answers.labels[row]]++;
  }
  return sums.map((sum, i) => sum / counts[i]);
}

function losses({ labels, probabilities, classes }: AnswersOptions): Float64Array {
  const greatest = 1 - LEAST_PROBABILITY;
  const clip = (p: number) => Math.min(greatest, Math.max(LEAST_PROBABILITY, p));
  return Float64Array.from(labels, (label, row) => {
    const from = row * classes;
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += clip(probabilities[from + j]);
    return -log(clip(probabilities[from + label]) / sum);
  });
}
