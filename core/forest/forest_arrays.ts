import type { FittedArrays } from "../fitted/fitted_head.ts";
import { takeArray } from "../fitted/take_array.ts";
import type { Forest } from "./forest.ts";

/** A forest as arrays to save. */
export function forestArrays(forest: Forest): FittedArrays {
  const { classes, features, links, roots, shares, thresholds } = forest;
  const nodes = features.length;
  return {
    roots: { dtype: "I32", shape: [roots.length], data: roots },
    features: { dtype: "I32", shape: [nodes], data: features },
    thresholds: { dtype: "F32", shape: [nodes], data: thresholds },
    links: { dtype: "I32", shape: [nodes], data: links },
    shares: { dtype: "F32", shape: [shares.length / classes, classes], data: shares },
  };
}

/**
 * The forest of its arrays.
 *
 * @throws {RangeError} if one is missing or of another type or shape, or a node asks about no feature
 * or leads nowhere.
 */
export function forestOf(arrays: FittedArrays, dimension: number, classes: number): Forest {
  const { data: features, shape: [nodes] } = takeArray(arrays, "features", "I32", [null]);
  const { data: links } = takeArray(arrays, "links", "I32", [nodes]);
  const { data: roots } = takeArray(arrays, "roots", "I32", [null]);
  const { data: shares, shape: [rows] } = takeArray(arrays, "shares", "F32", [null, classes]);
  const isIn = (value: number, from: number, to: number) => value >= from && value < to;
  // A child stands behind its parent: every way ends.
  const isSound = roots.every((root) => isIn(root, 0, nodes)) &&
    features.every((feature, node) =>
      feature < 0
        ? isIn(links[node], 0, rows)
        : feature < dimension && isIn(links[node], node + 2, nodes)
    );
  if (!isSound) {
    throw new RangeError("Cannot load a forest as one of its nodes leads nowhere");
  }
  const { data: thresholds } = takeArray(arrays, "thresholds", "F32", [nodes]);
  return { dimension, classes, roots, features, thresholds, links, shares };
}
