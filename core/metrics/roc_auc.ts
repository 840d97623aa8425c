import { mean } from "../nn/mean.ts";
import type { Answers } from "./answers.ts";
import type { Metric } from "./metric.ts";
import { oneVsRestScores } from "./one_vs_rest_scores.ts";
import { weightedMean } from "./weighted_mean.ts";

/**
 * Area under the ROC curve of each class against the rest: how often a sample of the class has a
 * higher probability of it than one of another class, a tie counting half (Hanley & McNeil 1982);
 * scikit-learn's `roc_auc_score` of the class's indicator. In [0, 1].
 *
 * Pairs are counted in exact integers, for up to 2⁵² of them, and divided once. NaN for a class
 * without samples and for one that has them all: there is no pair to compare.
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
 *   labels: new Int32Array([0, 0, 1]),
 *   predicted: new Int32Array([0, 0, 0]),
 *   probabilities: new Float32Array([0.75, 0.25, 0.5, 0.5, 0.5, 0.5]),
 * });
 * assert.deepEqual(rocAucOfClasses(answers), [0.75, 0.75]); // one pair won, one tied
 * ```
 */
export function rocAucOfClasses(answers: Answers): number[] {
  return Array.from({ length: answers.classes }, (_, i) => rocAuc(answers, i));
}

function rocAuc(answers: Answers, index: number): number {
  const { positives, negatives } = oneVsRestScores(answers, index);
  let below = 0; // negatives under the positive
  let upTo = 0; // and those at it
  let twiceWon = 0;
  for (const score of positives) {
    while (below < negatives.length && negatives[below] < score) below++;
    while (upTo < negatives.length && negatives[upTo] <= score) upTo++;
    twiceWon += below + upTo;
  }
  return twiceWon / (2 * positives.length * negatives.length);
}

const UNDEFINED_WHERE = "a class has no sample, or has them all";

/**
 * Mean of {@linkcode rocAucOfClasses} over the classes, each of the same weight; scikit-learn's
 * `roc_auc_score` with `multi_class="ovr", average="macro"`. Added in the order of the classes; NaN
 * where a class has no value, as scikit-learn refuses it.
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
 * assert.equal(macroRocAuc.compute(answers), 0.75); // of each of the two classes
 * ```
 */
export const macroRocAuc: Metric = {
  name: "macroRocAuc",
  greaterIsBetter: true,
  range: [0, 1],
  bootstrapped: false,
  ofProbabilities: true,
  undefinedWhere: UNDEFINED_WHERE,
  compute: (answers) => mean(answers.once(rocAucOfClasses)),
};

/**
 * As {@linkcode macroRocAuc}, each class having the weight of its support.
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
 * assert.equal(weightedRocAuc.compute(answers), 0.75);
 * ```
 */
export const weightedRocAuc: Metric = {
  name: "weightedRocAuc",
  greaterIsBetter: true,
  range: [0, 1],
  bootstrapped: false,
  ofProbabilities: true,
  undefinedWhere: UNDEFINED_WHERE,
  compute: (answers) =>
    weightedMean(
      answers.once(rocAucOfClasses),
      answers.classScores.map(({ support }) => support),
    ),
};
