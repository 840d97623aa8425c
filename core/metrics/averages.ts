import type { Answers } from "./answers.ts";
import type { ClassScores, PrecisionRecallF1 } from "./class_scores.ts";
import type { Metric } from "./metric.ts";

/**
 * The mean over all classes: `macro` gives each the same weight, `weighted` the weight of its
 * support. Added in the order of the classes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scoreClasses } from "./class_scores.ts";
 *
 * // Three samples of class 0, all found; one of class 1, taken for class 0.
 * const scores = scoreClasses(new Int32Array([3, 0, 1, 0]), 2);
 * assert.equal(averageClasses(scores, "macro").recall, 0.5);
 * assert.equal(averageClasses(scores, "weighted").recall, 0.75);
 * ```
 */
export function averageClasses(
  scores: readonly ClassScores[],
  average: "macro" | "weighted",
): PrecisionRecallF1 {
  const sum = { precision: 0, recall: 0, f1: 0 };
  let total = 0;
  for (const score of scores) {
    const weight = average === "macro" ? 1 : score.support;
    total += weight;
    for (const name of SCORES) sum[name] += weight * score[name];
  }
  return { precision: sum.precision / total, recall: sum.recall / total, f1: sum.f1 / total };
}

/**
 * Averages as metrics of their own: `macroF1` and its like, in [0, 1]. The micro average of
 * precision, of recall and of F1 is the accuracy, as each sample has one class and is given one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(averages.map(({ name }) => name).slice(0, 3), [
 *   "macroPrecision",
 *   "macroRecall",
 *   "macroF1",
 * ]);
 * ```
 */
export const averages: readonly Metric[] = (["macro", "weighted"] as const).flatMap((average) =>
  (["Precision", "Recall", "F1"] as const).map((score) => ({
    name: `${average}${score}`,
    greaterIsBetter: true,
    range: [0, 1] as const,
    bootstrapped: true,
    compute: (answers: Answers) =>
      averageClasses(answers.classScores, average)[
        score.toLowerCase() as keyof PrecisionRecallF1
      ],
  }))
);

const SCORES = ["precision", "recall", "f1"] as const;
