import { agreementOf } from "./agreement.ts";
import type { Metric } from "./metric.ts";

/**
 * Matthews' correlation of labels and predictions (Matthews 1975), for any number of classes as
 * Gorodkin's R_K (2004): with n samples, c of them right, tᵢ of class i and pᵢ given it,
 * (n·c − Σ tᵢpᵢ) / √((n² − Σ pᵢ²)(n² − Σ tᵢ²)); scikit-learn's `matthews_corrcoef`. In [−1, 1]; 0
 * for predictions that are independent of the labels, and where all labels or all predictions are
 * one class.
 *
 * The parentheses are exact integers (`agreement.ts`); product, root and quotient round once each.
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
 * assert.equal(matthewsCorrelation.compute(answers), 4 / Math.sqrt(6 * 8));
 * ```
 */
export const matthewsCorrelation: Metric = {
  name: "matthewsCorrelation",
  greaterIsBetter: true,
  range: [-1, 1],
  bootstrapped: true,
  compute(answers) {
    const own = agreementOf(answers);
    const square = own.samples * own.samples;
    const product = (square - own.predictionSquares) * (square - own.labelSquares);
    return product === 0 ? 0 : (own.samples * own.correct - own.chance) / Math.sqrt(product);
  },
};
