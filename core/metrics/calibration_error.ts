import type { Metric } from "./metric.ts";
import { reliabilityTable } from "./reliability_table.ts";

/**
 * Expected calibration error: Σₘ (nₘ/n)·|accuracyₘ − confidenceₘ| over the bins of the reliability
 * table (Naeini et al. 2015; Guo et al. 2017). In [0, 1]; it depends on the number of bins, and with
 * few samples a bin it is above 0 even for perfect probabilities.
 *
 * Computed as Σₘ |correctₘ − Σp| / n, Σp in the order of the samples, bins from low to high.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 1]),
 *   predicted: new Int32Array([0, 0]),
 *   probabilities: new Float32Array([0.75, 0.25, 0.75, 0.25]),
 * });
 * // Sure to 75%, right in 50%.
 * assert.equal(calibrationError.compute(answers), 0.25);
 * ```
 */
export const calibrationError: Metric = {
  name: "calibrationError",
  greaterIsBetter: false,
  range: [0, 1],
  bootstrapped: false,
  ofProbabilities: true,
  compute(answers, { calibrationBins } = {}) {
    let sum = 0;
    for (const { correct, confidenceSum } of reliabilityTable(answers, calibrationBins)) {
      sum += Math.abs(correct - confidenceSum);
    }
    return sum / answers.rows.length;
  },
};
