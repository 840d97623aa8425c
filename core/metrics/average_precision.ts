import { mean } from "../nn/mean.ts";
import type { Answers } from "./answers.ts";
import type { Metric } from "./metric.ts";
import { oneVsRestScores } from "./one_vs_rest_scores.ts";
import { weightedMean } from "./weighted_mean.ts";

/**
 * Average precision of each class against the rest, Σₜ (Rₜ − Rₜ₋₁)·Pₜ over the thresholds t from the
 * highest probability of the class down, P and R being precision and recall of the samples at or
 * above it; scikit-learn's `average_precision_score` of the class's indicator. In (0, 1]; answers
 * without information score the share of the class.
 *
 * Samples of equal probability pass a threshold together. Terms are added from the highest threshold
 * down and divided by the number of samples of the class at the end. NaN for a class without
 * samples, where scikit-learn warns and takes 0.
 *
 * @returns One value a class.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 1, 0]),
 *   predicted: new Int32Array([0, 0, 1]),
 *   probabilities: new Float32Array([0.75, 0.25, 0.5, 0.5, 0.25, 0.75]),
 * });
 * // Precision is 1 at the first sample of class 0 and 2/3 at the other.
 * assert.deepEqual(averagePrecisionOfClasses(answers), [(1 + 2 / 3) / 2, 1 / 2]);
 * ```
 */
export function averagePrecisionOfClasses(answers: Answers): number[] {
  return Array.from({ length: answers.classes }, (_, i) => averagePrecision(answers, i));
}

function averagePrecision(answers: Answers, index: number): number {
  const { positives, negatives } = oneVsRestScores(answers, index);
  let sum = 0;
  let right = 0;
  let wrong = 0;
  while (right < positives.length) {
    const threshold = positives[positives.length - 1 - right];
    const before = right;
    while (right < positives.length && positives[positives.length - 1 - right] >= threshold) {
      right++;
    }
    while (wrong < negatives.length && negatives[negatives.length - 1 - wrong] >= threshold) {
      wrong++;
    }
    sum += (right - before) * (right / (right + wrong));
  }
  return sum / positives.length;
}

/**
 * Mean of {@linkcode averagePrecisionOfClasses} over the classes, each of the same weight (the mAP
 * of classification). Added in the order of the classes; NaN where a class has no samples.
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
 * // As precisions of class 0 are 1 and 2/3, and that of class 1 is 1/2.
 * assert.equal(macroAveragePrecision.compute(answers), ((1 + 2 / 3) / 2 + 1 / 2) / 2);
 * ```
 */
export const macroAveragePrecision: Metric = {
  name: "macroAveragePrecision",
  greaterIsBetter: true,
  range: [0, 1],
  bootstrapped: false,
  ofProbabilities: true,
  undefinedWhere: "a class has no sample",
  compute: (answers) => mean(answers.once(averagePrecisionOfClasses)),
};

/**
 * As {@linkcode macroAveragePrecision}, each class having the weight of its support: one without
 * samples has none, and is left out.
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
 * const expected = (2 * ((1 + 2 / 3) / 2) + 1 / 2) / 3;
 * assert.ok(Math.abs(weightedAveragePrecision.compute(answers) - expected) < 1e-12);
 * ```
 */
export const weightedAveragePrecision: Metric = {
  name: "weightedAveragePrecision",
  greaterIsBetter: true,
  range: [0, 1],
  bootstrapped: false,
  ofProbabilities: true,
  compute(answers) {
    const supports = answers.classScores.map(({ support }) => support);
    const present = (_: unknown, i: number) => supports[i] > 0;
    const values = answers.once(averagePrecisionOfClasses);
    return weightedMean(values.filter(present), supports.filter(present));
  },
};
