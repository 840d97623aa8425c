import type { AnswersOptions } from "./answers.ts";
import type { Metric } from "./metric.ts";

/** k where none is given and there are as many classes. */
const DEFAULT_K = 5;

/**
 * Share of the samples whose right class is among the k most probable ones; scikit-learn's
 * `top_k_accuracy_score`, Keras's `TopKCategoricalAccuracy`. In [0, 1]; 1 where k is the number of
 * classes.
 *
 * Of classes of equal probability the first comes first, as in a prediction by arg max, so that
 * k = 1 gives the accuracy (scikit-learn puts the last one first).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 3,
 *   labels: new Int32Array([1, 2]),
 *   predicted: new Int32Array([0, 0]),
 *   probabilities: new Float32Array([0.5, 0.25, 0.25, 0.75, 0.25, 0]),
 * });
 * assert.equal(topKAccuracy.compute(answers, { topK: 2 }), 1 / 2);
 * ```
 */
export const topKAccuracy: Metric = {
  name: "topKAccuracy",
  greaterIsBetter: true,
  range: [0, 1],
  bootstrapped: true,
  ofProbabilities: true,
  compute(answers, { topK } = {}) {
    const k = resolveTopK(topK, answers.classes);
    const before = answers.perRow(countBefore);
    const { rows } = answers;
    let hits = 0;
    for (let i = 0; i < rows.length; i++) if (before[rows[i]] < k) hits++;
    return hits / rows.length;
  },
};

/**
 * The k of a top-k accuracy; 5, or the number of classes if that is less, where none is given.
 *
 * @throws {RangeError} unless it is an integer from 1 to the number of classes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(resolveTopK(undefined, 15), 5);
 * assert.throws(() => resolveTopK(16, 15), RangeError);
 * ```
 */
export function resolveTopK(topK: number | undefined, classes: number): number {
  const k = topK ?? Math.min(DEFAULT_K, classes);
  if (!Number.isInteger(k) || k < 1 || k > classes) {
    throw new RangeError(
      `Cannot compute top-k accuracy as k must be an integer from 1 to ${classes}, ` +
        `the number of classes: current value is ${k}`,
    );
  }
  return k;
}

/** How many classes come before the right one. */
function countBefore({ labels, probabilities, classes }: AnswersOptions): Float64Array {
  return Float64Array.from(labels, (label, row) => {
    const from = row * classes;
    const own = probabilities[from + label];
    let before = 0;
    for (let j = 0; j < classes; j++) {
      const p = probabilities[from + j];
      if (p > own || (p === own && j < label)) before++;
    }
    return before;
  });
}
