import type { Head, Parameters } from "../../core/nn/head.ts";
import type { LayerForm } from "../../core/nn/layers/layer.ts";
import type { OnnxModel } from "../formats/onnx.ts";
import { GraphBuilder } from "./graph_builder.ts";
import { LAYER_NODES, type LayerPlace } from "./layer_nodes.ts";

/** Options of {@linkcode headModel}. */
export interface HeadModelOptions {
  /** Name of the graph. */
  name: string;
  /** For readers. */
  description: string;
  /** Names of the classes, in the order of the probabilities; `classes` of the metadata, as JSON. */
  classes: readonly string[];
  /** Further texts of the metadata. */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * A head as a computation in ONNX: from `embeddings` `[n, d]` to `logits` and `probabilities`
 * `[n, k]`, float32. Rows of images are taken with channels last, as the `embeddings` port has them.
 *
 * @param parameters What {@linkcode Head.save} gave.
 * @throws {RangeError} if there is not one name for each class.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createMlp } from "../../core/nn/mlp.ts";
 * import { stream } from "../../core/random/stream.ts";
 * import { createReferenceCore } from "../../core/reference/core.ts";
 *
 * const head = createMlp(createReferenceCore(), { inputs: 4, classes: 2, hidden: [3] });
 * head.initialize(stream(1, "init"));
 * const options = { name: "mlp", description: "", classes: ["a", "b"] };
 * const { nodes } = headModel(head, await head.save(), options);
 * assert.deepEqual(nodes.map(({ operator }) => operator), ["Gemm", "Relu", "Gemm", "Softmax"]);
 * ```
 */
export function headModel(
  head: Pick<Head, "name" | "inputs" | "classes" | "layers">,
  parameters: Parameters,
  { name, description, classes, metadata = {} }: HeadModelOptions,
): OnnxModel {
  if (classes.length !== head.classes) {
    throw new RangeError(
      `Cannot describe head ${head.name} as it needs ${head.classes} names of classes: ` +
        `current number is ${classes.length}`,
    );
  }
  const graph = new GraphBuilder();
  let value = head.inputs.length === 3
    ? channelsFirst(graph, "embeddings", head.inputs)
    : "embeddings";
  head.layers.forEach(({ form, arrays }, i) => {
    for (const array of Object.values(arrays)) {
      const { shape, data } = parameters[array];
      graph.constant(array, shape, data);
    }
    const isLast = i === head.layers.length - 1;
    // The one layer of its kind; TypeScript cannot tell that the two unions' members pair up.
    const write = LAYER_NODES[form.kind] as (place: LayerPlace<LayerForm>) => string;
    value = write({
      form,
      graph,
      name: isLast ? "logits" : `${i}.${form.kind}`,
      input: value,
      of: (array) => arrays[array],
    });
  });
  graph.node("probabilities", "Softmax", [value], { axis: { i: 1 } });
  const inputs = head.inputs.reduce((product, length) => product * length, 1);
  return {
    name,
    description,
    nodes: graph.nodes,
    constants: graph.constants,
    inputs: [{ name: "embeddings", shape: ["n", inputs] }],
    outputs: ["logits", "probabilities"].map((name) => ({ name, shape: ["n", classes.length] })),
    metadata: { classes: JSON.stringify(classes), ...metadata },
  };
}

/** Rows of `[height, width, channels]` as images `[n, channels, height, width]`. */
function channelsFirst(graph: GraphBuilder, rows: string, image: readonly number[]): string {
  const lengths = new BigInt64Array([-1, ...image].map(BigInt));
  const shape = graph.constant("images.shape", [4], lengths);
  const images = graph.node("images", "Reshape", [rows, shape]);
  return graph.node("images.channels_first", "Transpose", [images], {
    perm: { ints: [0, 3, 1, 2] },
  });
}
