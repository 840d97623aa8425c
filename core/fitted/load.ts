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
