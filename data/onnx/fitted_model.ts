import { centroidsOf } from "../../core/centroid/centroid.ts";
import type { FittedArrays } from "../../core/fitted/fitted_head.ts";
import type { FittedSizes } from "../../core/fitted/load.ts";
import type { FittedDescription } from "../../core/fitted/registry.ts";
import { forestOf } from "../../core/forest/forest_arrays.ts";
import { knnSamplesOf } from "../../core/neighbors/knn.ts";
import type { OnnxModel } from "../formats/onnx.ts";
import { centroidNodes } from "./centroid_nodes.ts";
import { forestNodes } from "./forest_nodes.ts";
import { GraphBuilder } from "./graph_builder.ts";
import type { HeadModelOptions } from "./head_model.ts";
import { knnNodes } from "./knn_nodes.ts";

/**
 * A head that is fitted in one go as a computation in ONNX: from `embeddings` `[n, d]`, float32, to
 * `probabilities` `[n, k]`, float32, and `predicted` `[n]`, int64, the numbers of the classes. It has no
 * logits; and what it answers is not always the class of the greatest probability, as these are rounded.
 *
 * @throws {RangeError} if an array is missing or of another type or shape, or there is not one name for
 * each class.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitArrays } from "../../core/fitted/fit.ts";
 * import type { FittedDescription } from "../../core/fitted/registry.ts";
 *
 * const head: FittedDescription = { name: "centroid", metric: "euclidean", shrinkage: 0 };
 * const x = new Float32Array([0, 2, 9, 11]);
 * const labels = new Int32Array([0, 0, 1, 1]);
 * const sizes = { dimension: 1, classes: 2 };
 * const { arrays } = await fitArrays(head, { x, labels, ...sizes }, {
 *   seed: 1,
 *   read: Deno.readFile,
 *   progress: async () => {},
 * });
 * const options = { name: "centroid", description: "", classes: ["a", "b"] };
 * const { outputs } = fittedModel(head, arrays, sizes, options);
 * assert.deepEqual(outputs.map(({ name }) => name), ["predicted", "probabilities"]);
 * ```
 */
export function fittedModel(
  head: FittedDescription,
  arrays: FittedArrays,
  sizes: FittedSizes,
  { name, description, classes, metadata = {} }: HeadModelOptions,
): OnnxModel {
  if (classes.length !== sizes.classes) {
    throw new RangeError(
      `Cannot describe head ${head.name} as it needs ${sizes.classes} names of classes: ` +
        `current number is ${classes.length}`,
    );
  }
  const graph = new GraphBuilder();
  writeNodes(graph, head, arrays, sizes);
  return {
    name,
    description,
    nodes: graph.nodes,
    constants: graph.constants,
    inputs: [{ name: "embeddings", shape: ["n", sizes.dimension] }],
    outputs: [
      { name: "predicted", type: "I64", shape: ["n"] },
      { name: "probabilities", shape: ["n", sizes.classes] },
    ],
    metadata: { classes: JSON.stringify(classes), ...metadata },
  };
}

function writeNodes(
  graph: GraphBuilder,
  head: FittedDescription,
  arrays: FittedArrays,
  { dimension, classes }: FittedSizes,
): void {
  switch (head.name) {
    case "forest":
      return forestNodes(graph, forestOf(arrays, dimension, classes));
    case "knn":
      return knnNodes(graph, knnSamplesOf(arrays, dimension, classes), head);
    case "centroid":
      return centroidNodes(graph, centroidsOf(arrays, dimension, classes), dimension, head);
  }
}
