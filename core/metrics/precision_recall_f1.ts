import type { Answers } from "./answers.ts";
import type { Metric } from "./metric.ts";

/** Precision, recall and F1. */
export interface PrecisionRecallF1 {
  /** TP / (TP + FP). */
  precision: number;
  /** TP / (TP + FN). */
  recall: number;
  /** 2 TP / (2 TP + FP + FN). */
  f1: number;
}

/** Scores of one class, with its counts. */
export interface ClassScores extends PrecisionRecallF1 {
  /** Samples of the class. */
  support: number;
  /** Samples that were given the class. */
  predicted: number;
}

/**
 * Precision, recall and F1 of each class; scikit-learn's `precision_recall_fscore_support` with
 * `labels=range(k), zero_division=0`.
 *
 * A quotient of zero by zero is 0: the precision of a class that no sample was given, the recall of
 * a class without samples, the F1 of a class with neither.
 *
 * @param confusion Counts `[k, k]`, row-major: a row for each right class, a column for each given.
 *
 * @example
 * ```ts
 * scoreClasses(new Int32Array([1, 0, 1, 1]), 2)[1]; // { precision: 1, recall: 0.5, f1: 0.666…, support: 2, predicted: 1 }
 * ```
 */
export function scoreClasses(confusion: Int32Array, classes: number): ClassScores[] {
  const support = new Array<number>(classes).fill(0);
  const predicted = new Array<number>(classes).fill(0);
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      support[i] += confusion[i * classes + j];
      predicted[j] += confusion[i * classes + j];
    }
  }
  return support.map((own, i) => {
    const right = confusion[i * classes + i];
    return {
      precision: ratio(right, predicted[i]),
      recall: ratio(right, own),
      f1: ratio(2 * right, predicted[i] + own),
      support: own,
      predicted: predicted[i],
    };
  });
}

/**
 * The mean over all classes: `macro` gives each the same weight, `weighted` the weight of its
 * support. Added in the order of the classes.
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

/** A class's value. */
export interface ClassValue {
  value: number;
  /** Index of the class, the first among equals. */
  class: number;
}

/**
 * The least or greatest precision, recall and F1, over the classes that have samples: of a class
 * without, nothing can be told.
 *
 * @throws {RangeError} if no class has samples.
 */
export function extremeClasses(
  scores: readonly (PrecisionRecallF1 & { support: number })[],
  which: "minimum" | "maximum",
): Record<keyof PrecisionRecallF1, ClassValue> {
  const find = (name: keyof PrecisionRecallF1): ClassValue => {
    let found: ClassValue | undefined;
    scores.forEach(({ [name]: value, support }, index) => {
      if (support === 0) return;
      const better = found === undefined ||
        (which === "minimum" ? value < found.value : value > found.value);
      if (better) found = { value, class: index };
    });
    if (found === undefined) {
      throw new RangeError(`Cannot find the ${which} ${name} as no class has samples`);
    }
    return found;
  };
  return { precision: find("precision"), recall: find("recall"), f1: find("f1") };
}

/** Averages as metrics of their own: `macroF1` and its like. */
export const averages: readonly Metric[] = (["macro", "weighted"] as const).flatMap((average) =>
  (["Precision", "Recall", "F1"] as const).map((score) => ({
    name: `${average}${score}`,
    greaterIsBetter: true,
    compute: (answers: Answers) =>
      averageClasses(answers.classScores, average)[
        score.toLowerCase() as keyof PrecisionRecallF1
      ],
  }))
);

const SCORES = ["precision", "recall", "f1"] as const;

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
