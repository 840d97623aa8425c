import { loadCentroid } from "../centroid/centroid.ts";
import { forestOf } from "../forest/forest_arrays.ts";
import { loadForest } from "../forest/forest.ts";
import { loadKnn } from "../neighbors/knn.ts";
import type { Core } from "../ops.ts";
import type { FittedArrays, FittedHead } from "./fitted_head.ts";
import type { FittedDescription } from "./registry.ts";
import { takeArray } from "./take_array.ts";

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
    case "knn": {
      const x = takeArray(arrays, "embeddings", "F32", [null, dimension]);
      const labels = takeArray(arrays, "labels", "I32", [x.shape[0]]);
      const samples = { x: x.data, labels: labels.data, dimension, classes };
      return loadKnn(core, samples, description);
    }
    case "centroid": {
      const { data: centroids } = takeArray(arrays, "centroids", "F32", [classes, dimension]);
      const { data: [scale] } = takeArray(arrays, "scale", "F32", [1]);
      return loadCentroid({ centroids, scale }, dimension, description);
    }
  }
}
