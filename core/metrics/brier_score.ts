import type { AnswersOptions } from "./answers.ts";
import { meanOfRows } from "./mean_of_rows.ts";
import type { Metric } from "./metric.ts";

/**
 * Mean over the samples of Σⱼ (pⱼ − yⱼ)², pⱼ being the probability of class j and yⱼ 1 for the right
 * class, else 0 (Brier 1950). In [0, 2]; always answering 1/k to k classes scores 1 − 1/k.
 *
 * With two classes it is twice scikit-learn's `brier_score_loss`, which looks at one of them. Sums
 * are in binary64, in the order of the classes, then of the samples.
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
 *   probabilities: new Float32Array([0.75, 0.25, 0.5, 0.5]),
 * });
 * assert.equal(brierScore.compute(answers), (2 * 0.25 ** 2 + 2 * 0.5 ** 2) / 2);
 * ```
 */
export const brierScore: Metric = {
  name: "brierScore",
  greaterIsBetter: false,
  range: [0, 2],
  bootstrapped: true,
  ofProbabilities: true,
  compute: (answers) => meanOfRows(answers, squaredErrors),
};

function squaredErrors({ labels, probabilities, classes }: AnswersOptions): Float64Array {
  return Float64Array.from(labels, (label, row) => {
    let sum = 0;
    for (let j = 0; j < classes; j++) {
      const error = probabilities[row * classes + j] - (j === label ? 1 : 0);
      sum += error * error;
    }
    return sum;
  });
}
