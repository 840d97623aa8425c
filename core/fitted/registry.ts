/**
 * Every head that is fitted in one go, by name: a new one is a description and a name here, a
 * case in `fit.ts`, in `load.ts`, which evaluation imports alone, and in `data/onnx/fitted_model.ts`.
 *
 * @module
 */
import type { CentroidOptions } from "../centroid/centroid.ts";
import type { ForestOptions } from "../forest/fit_forest.ts";
import type { KnnOptions } from "../neighbors/knn.ts";

/** A fitted head as plain data: its name and its options. */
export type FittedDescription =
  | ({ name: "forest" } & ForestOptions)
  | ({ name: "knn" } & KnnOptions)
  | ({ name: "centroid" } & CentroidOptions);

/** Name of a fitted head. */
export type FittedName = FittedDescription["name"];

/** Names of all of them, in the order in which they are told. */
export const FITTED_NAMES = ["forest", "knn", "centroid"] as const satisfies readonly FittedName[];
