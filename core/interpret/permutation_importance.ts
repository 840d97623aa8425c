import type { FeatureGroup } from "./feature_groups.ts";

/** How well a model answers. */
export interface AnswerScores {
  /** Share of right answers. */
  accuracy: number;
  /** In nats. */
  logLoss: number;
}

/** What permuting one group of dimensions did, once for each permutation. */
export interface GroupImportance {
  group: FeatureGroup;
  /** Accuracy as it was minus accuracy permuted. */
  accuracyDrops: number[];
  /** Log loss permuted minus log loss as it was. */
  logLossRises: number[];
}

/** Options of {@linkcode permutationImportance}. */
export interface ImportanceOptions {
  /** X `[n, d]`, row-major. */
  features: Float32Array<ArrayBuffer>;
  /** Number of features d. */
  dimension: number;
  groups: readonly FeatureGroup[];
  /** Orders of the rows `[n]`, the same for every group. */
  permutations: readonly Int32Array[];
  /** Scores the model on such features; it keeps no hold of them. */
  score(features: Float32Array<ArrayBuffer>): Promise<AnswerScores>;
  /** Called after each group; waited for. */
  progress?(done: number, total: number): Promise<void>;
}

/** A model's scores as they are, and what each group's permutation takes of them. */
export interface Importance {
  baseline: AnswerScores;
  groups: GroupImportance[];
}

/**
 * Permutation importance: how much worse a model answers once the values of some dimensions are
 * exchanged between samples, so that they no longer tell of the sample they stand with (Breiman,
 * *Random forests*, 2001; Fisher, Rudin & Dominici, *All models are wrong, but many are useful*,
 * 2019). Row i gets the values of row `permutation[i]`; all dimensions of a group move together.
 * As scikit-learn's `permutation_importance` has it, each permutation serves every group, so that
 * groups are compared under the same exchange, and a difference is that of the two scores.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { groupRuns } from "./feature_groups.ts";
 *
 * // A model that looks at the first of two dimensions alone, with labels 0, 0, 1, 1.
 * const { groups } = await permutationImportance({
 *   features: new Float32Array([0, 5, 0, 6, 1, 7, 1, 8]),
 *   dimension: 2,
 *   groups: groupRuns(2, 1),
 *   permutations: [new Int32Array([2, 1, 0, 3])],
 *   score: (x) => {
 *     const right = [0, 0, 1, 1].filter((label, i) => x[2 * i] === label).length;
 *     return Promise.resolve({ accuracy: right / 4, logLoss: 0 });
 *   },
 * });
 * assert.deepEqual(groups.map(({ accuracyDrops }) => accuracyDrops), [[0.5], [0]]);
 * ```
 */
export async function permutationImportance(options: ImportanceOptions): Promise<Importance> {
  const { features, dimension, groups, permutations, score, progress } = options;
  const baseline = await score(features);
  const changed = features.slice();
  const results: GroupImportance[] = [];
  for (const group of groups) {
    const accuracyDrops: number[] = [];
    const logLossRises: number[] = [];
    for (const permutation of permutations) {
      permutation.forEach((from, to) => {
        for (const column of group.columns) {
          changed[to * dimension + column] = features[from * dimension + column];
        }
      });
      const { accuracy, logLoss } = await score(changed);
      accuracyDrops.push(baseline.accuracy - accuracy);
      logLossRises.push(logLoss - baseline.logLoss);
    }
    for (let row = 0; row < features.length; row += dimension) {
      for (const column of group.columns) changed[row + column] = features[row + column];
    }
    results.push({ group, accuracyDrops, logLossRises });
    await progress?.(results.length, groups.length);
  }
  return { baseline, groups: results };
}
