import { argmax } from "../fitted/argmax.ts";
import type { FittedArrays, FittedHead, LabelledRows } from "../fitted/fitted_head.ts";
import { takeArray } from "../fitted/take_array.ts";
import { dot, squaredDistance, squaredNorm } from "../neighbors/distances.ts";
import type { NeighborMetric } from "../neighbors/nearest.ts";
import { fitScale, softmaxOfDistances } from "./scale.ts";

/** Options of nearest centroid. */
export interface CentroidOptions {
  metric: NeighborMetric;
  /** Standard deviations by which centroids are drawn to the mean of all, from 0 up. */
  shrinkage: number;
}

/** What nearest centroid keeps of its training. */
export interface Centroids {
  /** `[k, d]`, row-major. */
  centroids: Float32Array<ArrayBuffer>;
  /** What probabilities are made by: p is proportional to exp(−scale · distance²). */
  scale: number;
}

/**
 * Fits nearest centroid: the mean of each class, and, where asked, nearest shrunken centroids
 * (Tibshirani, Hastie, Narasimhan & Chu 2002) as scikit-learn has them. Sums are in binary64, in the
 * order of the samples. The scale is that under which the training samples are most likely.
 *
 * @throws {RangeError} if a class has no training sample, or for shrinkage, if there are not more
 * samples than classes or all samples of each class are equal.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { centroids } = fitCentroid({
 *   x: new Float32Array([0, 2, 9, 11]),
 *   labels: new Int32Array([0, 0, 1, 1]),
 *   dimension: 1,
 *   classes: 2,
 * }, { metric: "euclidean", shrinkage: 0 });
 * assert.deepEqual([...centroids.data], [1, 10]);
 * ```
 */
export function fitCentroid(
  samples: LabelledRows,
  { metric, shrinkage }: CentroidOptions,
): FittedArrays {
  const { x, labels, dimension: d, classes: k } = samples;
  const counts = new Int32Array(k);
  for (const label of labels) counts[label]++;
  const missing = counts.indexOf(0);
  if (missing >= 0) {
    throw new RangeError(`Cannot fit centroid as class ${missing} has no training image`);
  }
  const means = new Float64Array(k * d);
  labels.forEach((label, i) => {
    for (let j = 0; j < d; j++) means[label * d + j] += x[i * d + j];
  });
  means.forEach((sum, at) => means[at] = sum / counts[Math.floor(at / d)]);
  const centroids = Float32Array.from(
    shrinkage > 0 ? shrink(samples, means, counts, shrinkage) : means,
  );
  const squares = Float64Array.from(
    { length: labels.length * k },
    (_, at) => squaredDifference(metric, x, Math.floor(at / k) * d, centroids, at % k * d, d),
  );
  return {
    centroids: { dtype: "F32", shape: [k, d], data: centroids },
    scale: { dtype: "F32", shape: [1], data: Float32Array.of(fitScale(squares, labels, k)) },
  };
}

/**
 * The centroids of their arrays.
 *
 * @throws {RangeError} if one is missing or of another type or shape.
 */
export function centroidsOf(
  arrays: FittedArrays,
  dimension: number,
  classes: number,
): Centroids {
  const { data: centroids } = takeArray(arrays, "centroids", "F32", [classes, dimension]);
  const { data: [scale] } = takeArray(arrays, "scale", "F32", [1]);
  return { centroids, scale };
}

/**
 * Nearest centroid, ready to answer: the nearest one, of equally near ones the first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const centroids = new Float32Array([0, 4]);
 * const head = loadCentroid({ centroids, scale: 1 }, 1, { metric: "euclidean", shrinkage: 0 });
 * const { predicted } = await head.predict(new Float32Array([1, 3]), 2);
 * assert.deepEqual([...predicted], [0, 1]);
 * ```
 */
export function loadCentroid(
  { centroids, scale }: Centroids,
  dimension: number,
  { metric }: CentroidOptions,
): FittedHead {
  const k = centroids.length / dimension;
  return {
    predict(x, n) {
      const probabilities = new Float32Array(n * k);
      const predicted = new Int32Array(n);
      for (let i = 0; i < n; i++) {
        const squares = Float64Array.from(
          { length: k },
          (_, c) =>
            squaredDifference(metric, x, i * dimension, centroids, c * dimension, dimension),
        );
        probabilities.set(softmaxOfDistances(squares, scale), i * k);
        predicted[i] = argmax(squares.map((square) => -square));
      }
      return Promise.resolve({ probabilities, predicted });
    },
  };
}

/** Squared distance: of the rows as they are, or with their lengths made 1, 2 − 2 cos. */
function squaredDifference(
  metric: NeighborMetric,
  x: Float32Array,
  from: number,
  y: Float32Array,
  at: number,
  d: number,
): number {
  if (metric === "euclidean") return squaredDistance(x, from, y, at, d);
  const product = Math.sqrt(squaredNorm(x, from, d) * squaredNorm(y, at, d));
  return product === 0 ? 2 : Math.max(0, 2 - 2 * dot(x, from, y, at, d) / product);
}

/**
 * Draws each centroid to the mean of all samples, a feature at a time, by so many standard deviations of
 * its distance from there: not beyond it.
 */
function shrink(
  { x, labels, dimension: d, classes: k }: LabelledRows,
  means: Float64Array,
  counts: Int32Array,
  shrinkage: number,
): Float64Array {
  const n = labels.length;
  const fail = (why: string): never => {
    throw new RangeError(`Cannot shrink centroids as ${why}`);
  };
  if (n <= k) fail(`there must be more training images than classes: ${n} images, ${k} classes`);
  const overall = new Float64Array(d);
  const spread = new Float64Array(d);
  labels.forEach((label, i) => {
    for (let j = 0; j < d; j++) {
      const value = x[i * d + j];
      const difference = value - means[label * d + j];
      overall[j] += value;
      spread[j] += difference * difference;
    }
  });
  overall.forEach((sum, j) => overall[j] = sum / n);
  spread.forEach((sum, j) => spread[j] = Math.sqrt(sum / (n - k)));
  if (spread.every((deviation) => deviation === 0)) fail("the images of each class are all equal");
  const sorted = spread.toSorted();
  const median = (sorted[(d - 1) >> 1] + sorted[d >> 1]) / 2;
  return means.map((mean, at) => {
    const j = at % d;
    const unit = Math.sqrt(1 / counts[Math.floor(at / d)] - 1 / n) * (spread[j] + median);
    const deviation = unit === 0 ? 0 : (mean - overall[j]) / unit;
    const kept = Math.max(0, Math.abs(deviation) - shrinkage);
    return overall[j] + unit * Math.sign(deviation) * kept;
  });
}
