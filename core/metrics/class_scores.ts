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
 * import assert from "node:assert/strict";
 *
 * const [, second] = scoreClasses(new Int32Array([1, 0, 1, 1]), 2);
 * const expected = { precision: 1, recall: 0.5, f1: 2 / 3, support: 2, predicted: 1 };
 * assert.deepEqual(second, expected);
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

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
