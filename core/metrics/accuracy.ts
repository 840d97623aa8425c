import type { Metric } from "./metric.ts";

/**
 * Share of the samples that were given the right class; scikit-learn's `accuracy_score`.
 *
 * @example
 * ```ts
 * accuracy.compute(answers); // 0.6666666666666666
 * ```
 */
export const accuracy: Metric = {
  name: "accuracy",
  greaterIsBetter: true,
  compute({ confusion, classes, rows }) {
    let correct = 0;
    for (let i = 0; i < classes; i++) correct += confusion[i * classes + i];
    return correct / rows.length;
  },
};
