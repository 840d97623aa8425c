import type { Answers } from "./answers.ts";

/** Samples whose prediction has a probability in (low, high]; 0 is in the first bin. */
export interface ReliabilityBin {
  low: number;
  high: number;
  /** Number of samples. */
  count: number;
  /** How many of them got the right class. */
  correct: number;
  /** Sum of the probabilities of their predictions, in the order of the samples. */
  confidenceSum: number;
  /** Mean probability of their predictions; NaN without samples. */
  confidence: number;
  /** Share of them that got the right class; NaN without samples. */
  accuracy: number;
}

/** Bins where no number is given, as in Guo et al. 2017. */
export const DEFAULT_BINS = 15;

/**
 * How often predictions made with some confidence are right (the table behind a reliability diagram;
 * DeGroot & Fienberg 1983), in bins ((m − 1)/M, m/M] of equal width; the non-empty rows of
 * scikit-learn's `calibration_curve` with `y_true` whether the prediction is right and `y_prob` its
 * probability.
 *
 * A sample's bin is ⌈pM⌉, exact for a binary32 p and any M up to 2²⁹.
 *
 * @param bins M. Default: 15.
 * @throws {RangeError} unless it is an integer from 1 up.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 1, 1]),
 *   predicted: new Int32Array([0, 0, 1]),
 *   probabilities: new Float32Array([0.75, 0.25, 0.625, 0.375, 0.5, 0.5]),
 * });
 * const [low, high] = reliabilityTable(answers, 2);
 * assert.deepEqual([low.count, low.confidence, low.accuracy], [1, 0.5, 1]);
 * assert.deepEqual([high.count, high.confidence, high.accuracy], [2, 0.6875, 0.5]);
 * ```
 */
export function reliabilityTable(answers: Answers, bins = DEFAULT_BINS): ReliabilityBin[] {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(
      "Cannot tell calibration as the number of bins must be an integer from 1 up: " +
        `current value is ${bins}`,
    );
  }
  const { rows, labels, predicted, probabilities, classes } = answers;
  const count = new Int32Array(bins);
  const correct = new Int32Array(bins);
  const sum = new Float64Array(bins);
  for (const row of rows) {
    const p = probabilities[row * classes + predicted[row]];
    const bin = Math.max(1, Math.ceil(p * bins)) - 1;
    count[bin]++;
    if (predicted[row] === labels[row]) correct[bin]++;
    sum[bin] += p;
  }
  return Array.from(count, (own, i) => ({
    low: i / bins,
    high: (i + 1) / bins,
    count: own,
    correct: correct[i],
    confidenceSum: sum[i],
    confidence: sum[i] / own,
    accuracy: correct[i] / own,
  }));
}
