/** Samples by whether they are of a class and whether they were given it: a table of two by two. */
export interface OneVsRest {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
}

/**
 * The table of each class against the rest; scikit-learn's `multilabel_confusion_matrix` with
 * `labels=range(k)`. The four counts of a class sum to the number of samples.
 *
 * @param confusion Counts `[k, k]`, row-major: a row for each right class, a column for each given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [cat] = oneVsRest(new Int32Array([6, 2, 1, 4]), 2);
 * assert.deepEqual(cat, {
 *   truePositives: 6,
 *   falsePositives: 1,
 *   falseNegatives: 2,
 *   trueNegatives: 4,
 * });
 * ```
 */
export function oneVsRest(confusion: Int32Array, classes: number): OneVsRest[] {
  const support = new Array<number>(classes).fill(0);
  const predicted = new Array<number>(classes).fill(0);
  let samples = 0;
  confusion.forEach((count, cell) => {
    support[Math.floor(cell / classes)] += count;
    predicted[cell % classes] += count;
    samples += count;
  });
  return support.map((own, i) => {
    const right = confusion[i * classes + i];
    return {
      truePositives: right,
      falsePositives: predicted[i] - right,
      falseNegatives: own - right,
      trueNegatives: samples - own - predicted[i] + right,
    };
  });
}
