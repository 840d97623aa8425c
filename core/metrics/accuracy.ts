import type { Metric } from "./metric.ts";

/**
 * Share of the samples that were given the right class; scikit-learn's `accuracy_score`. In [0, 1].
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
 * assert.equal(accuracy.compute(answers), 2 / 3);
 * ```
 */
export const accuracy: Metric = {
  name: "accuracy",
  greaterIsBetter: true,
  range: [0, 1],
  bootstrapped: true,
  compute({ confusion, classes, rows }) {
    let correct = 0;
    for (let i = 0; i < classes; i++) correct += confusion[i * classes + i];
    return correct / rows.length;
  },
};
