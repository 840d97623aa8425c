import { argmax } from "../fitted/argmax.ts";
import type { FittedArrays, FittedHead, LabelledRows } from "../fitted/fitted_head.ts";
import { takeArray } from "../fitted/take_array.ts";
import type { Core } from "../ops.ts";
import { createNeighborSearch, type NeighborMetric } from "./nearest.ts";

/** Options of k nearest neighbours. */
export interface KnnOptions {
  /** Neighbours that answer, from 1 up to the number of training samples. */
  neighbors: number;
  metric: NeighborMetric;
  /** What a neighbour's vote counts: 1, or 1 over its distance. */
  weights: "uniform" | "distance";
}

/**
 * k nearest neighbours (Cover & Hart 1967) is all of its training samples.
 *
 * @throws {RangeError} if there are fewer of them than neighbours.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const samples = {
 *   x: new Float32Array([0, 1, 9]),
 *   labels: new Int32Array([0, 1, 1]),
 *   dimension: 1,
 *   classes: 2,
 * };
 * const options = { metric: "euclidean", weights: "uniform" } as const;
 * assert.deepEqual(fitKnn(samples, { ...options, neighbors: 3 }).embeddings.shape, [3, 1]);
 * assert.throws(() => fitKnn(samples, { ...options, neighbors: 4 }), RangeError);
 * ```
 */
export function fitKnn(samples: LabelledRows, { neighbors }: KnnOptions): FittedArrays {
  const n = samples.labels.length;
  if (!(neighbors >= 1 && neighbors <= n)) {
    throw new RangeError(
      `Cannot fit knn as neighbors must be in [1, ${n}], the number of training images: current ` +
        `value is ${neighbors}`,
    );
  }
  return {
    embeddings: { dtype: "F32", shape: [n, samples.dimension], data: samples.x },
    labels: { dtype: "I32", shape: [n], data: samples.labels },
  };
}

/**
 * The training samples that k nearest neighbours was saved as.
 *
 * @throws {RangeError} if an array is missing or of another type or shape.
 */
export function knnSamplesOf(
  arrays: FittedArrays,
  dimension: number,
  classes: number,
): LabelledRows {
  const { data: x, shape: [n] } = takeArray(arrays, "embeddings", "F32", [null, dimension]);
  const { data: labels } = takeArray(arrays, "labels", "I32", [n]);
  return { x, labels, dimension, classes };
}

/**
 * k nearest neighbours, ready to answer.
 *
 * A class's probability is its share of the votes; sums are in binary64, nearest first, and rounded
 * once divided. Of equally near training samples the first ones are neighbours; of classes with
 * equal votes the first one is the answer. Where neighbours lie at distance 0, those vote alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * using core = createReferenceCore();
 * const samples = {
 *   x: new Float32Array([0, 1, 9]),
 *   labels: new Int32Array([0, 1, 1]),
 *   dimension: 1,
 *   classes: 2,
 * };
 * const head = loadKnn(core, samples, { neighbors: 2, metric: "euclidean", weights: "distance" });
 * const { probabilities } = await head.predict(new Float32Array([0.25]), 1);
 * assert.deepEqual([...probabilities], [0.75, 0.25]);
 * ```
 */
export function loadKnn(
  core: Core,
  samples: LabelledRows,
  { neighbors: k, metric, weights }: KnnOptions,
): FittedHead {
  const { classes, labels } = samples;
  const search = createNeighborSearch(core, samples.x, labels.length, metric);
  return {
    async predict(x, n) {
      const { rows, distances } = await search.find(x, n, k);
      const probabilities = new Float32Array(n * classes);
      const predicted = new Int32Array(n);
      for (let i = 0; i < n; i++) {
        const isSame = distances[i * k] === 0;
        const votes = new Float64Array(classes);
        let total = 0;
        for (let j = i * k; j < (i + 1) * k; j++) {
          const vote = weights === "uniform"
            ? 1
            : isSame
            ? Number(distances[j] === 0)
            : 1 / distances[j];
          votes[labels[rows[j]]] += vote;
          total += vote;
        }
        for (let c = 0; c < classes; c++) probabilities[i * classes + c] = votes[c] / total;
        predicted[i] = argmax(votes);
      }
      return { probabilities, predicted };
    },
  };
}
