import type { Metric } from "./metric.ts";

/**
 * Mean recall of the classes that have samples (Brodersen et al. 2010); scikit-learn's
 * `balanced_accuracy_score`. In [0, 1]; constant answers score one over the number of classes.
 *
 * Macro recall takes 0 for a class without samples; this leaves it out. Recalls are added in the
 * order of the classes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 1, 1, 1, 1]),
 *   predicted: new Int32Array([0, 1, 1, 1, 0]),
 *   probabilities: new Float32Array(10).fill(0.5),
 * });
 * assert.equal(balancedAccuracy.compute(answers), (1 + 3 / 4) / 2);
 * ```
 */
export const balancedAccuracy: Metric = {
  name: "balancedAccuracy",
  greaterIsBetter: true,
  range: [0, 1],
  bootstrapped: true,
  compute({ classScores }) {
    let sum = 0;
    let present = 0;
    for (const { recall, support } of classScores) {
      if (support === 0) continue;
      sum += recall;
      present++;
    }
    return sum / present;
  },
};
