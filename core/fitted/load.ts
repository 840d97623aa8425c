import { centroidsOf, loadCentroid } from "../centroid/centroid.ts";
import { forestOf } from "../forest/forest_arrays.ts";
import { loadForest } from "../forest/forest.ts";
import { knnSamplesOf, loadKnn } from "../neighbors/knn.ts";
import type { Core } from "../ops.ts";
import type { FittedArrays, FittedHead } from "./fitted_head.ts";
import type { FittedDescription } from "./registry.ts";

/** Sizes that a head was fitted with. */
export interface FittedSizes {
  dimension: number;
  classes: number;
}

/**
 * A fitted head of what was saved of it, ready to answer.
 *
 * @param core Computes products where there are many.
 * @throws {RangeError} if an array is missing or of another type or shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * using core = createReferenceCore();
 * const head = loadFitted(core, { name: "centroid", metric: "euclidean", shrinkage: 0 }, {
 *   centroids: { dtype: "F32", shape: [2, 1], data: new Float32Array([0, 4]) },
 *   scale: { dtype: "F32", shape: [1], data: new Float32Array([1]) },
 * }, { dimension: 1, classes: 2 });
 * const { predicted } = await head.predict(new Float32Array([1, 3]), 2);
 * assert.deepEqual([...predicted], [0, 1]);
 * ```
 */
export function loadFitted(
  core: Core,
  description: FittedDescription,
  arrays: FittedArrays,
  { dimension, classes }: FittedSizes,
): FittedHead {
  switch (description.name) {
    case "forest":
      return loadForest(forestOf(arrays, dimension, classes));
    case "knn":
      return loadKnn(core, knnSamplesOf(arrays, dimension, classes), description);
    case "centroid":
      return loadCentroid(centroidsOf(arrays, dimension, classes), dimension, description);
  }
}
