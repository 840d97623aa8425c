import type { FittedArrays } from "../core/fitted/fitted_head.ts";
import type { FittedSizes } from "../core/fitted/load.ts";
import type { FittedDescription } from "../core/fitted/registry.ts";
import type { Forest } from "../core/forest/forest.ts";
import { forestOf } from "../core/forest/forest_arrays.ts";
import { allocateSafetensors } from "./formats/safetensors.ts";

/**
 * A head that is fitted in one go as a file for readers elsewhere: safetensors, with what it tells about
 * itself as metadata.
 *
 * Its arrays are those of the `weights` port, but for a forest's `links`. In their place are, for each
 * node, `children_left` and `children_right` (numbers of nodes, −1 of a leaf, as in scikit-learn) and
 * `leaves` (the leaf's row of `shares`, −1 of a node that asks). A row x starts at each of `roots`, goes
 * left where `x[features[node]] <= thresholds[node]`, and is given the mean of its leaves' `shares`.
 *
 * @throws {RangeError} if an array is missing or of another type or shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeSafetensors } from "./formats/safetensors.ts";
 *
 * const bytes = encodeFittedFile({ name: "centroid", metric: "euclidean", shrinkage: 0 }, {
 *   centroids: { dtype: "F32", shape: [2, 1], data: new Float32Array([1, 10]) },
 *   scale: { dtype: "F32", shape: [1], data: new Float32Array([1]) },
 * }, { dimension: 1, classes: 2 }, { classes: '["a","b"]' });
 * assert.deepEqual([...decodeSafetensors(bytes).keys()], ["centroids", "scale"]);
 * ```
 */
export function encodeFittedFile(
  head: FittedDescription,
  arrays: FittedArrays,
  { dimension, classes }: FittedSizes,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const own = head.name === "forest"
    ? withChildren(arrays, forestOf(arrays, dimension, classes))
    : arrays;
  const { bytes, tensors } = allocateSafetensors(own, metadata);
  for (const [name, { data }] of Object.entries(own)) tensors[name].data.set(data);
  return bytes;
}

function withChildren(
  { links: _, ...arrays }: FittedArrays,
  { features, links }: Forest,
): FittedArrays {
  const isLeaf = (node: number) => features[node] < 0;
  const ofNodes = (value: (node: number) => number) => {
    const data = Int32Array.from(features, (_, node) => value(node));
    return { dtype: "I32", shape: [data.length], data } as const;
  };
  return {
    ...arrays,
    children_left: ofNodes((node) => isLeaf(node) ? -1 : node + 1),
    children_right: ofNodes((node) => isLeaf(node) ? -1 : links[node]),
    leaves: ofNodes((node) => isLeaf(node) ? links[node] : -1),
  };
}
