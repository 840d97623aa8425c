/**
 * What each layer of a head is in ONNX: a new layer is one entry of {@linkcode LAYER_NODES}.
 *
 * Images have their channels first here, as the standard wants them; parameters are saved so too.
 * Dropout is left out: in evaluation it does nothing.
 *
 * @module
 */
import type { LayerForm } from "../../core/nn/layers/layer.ts";
import type { Window } from "../../core/window.ts";
import type { OnnxAttribute } from "../formats/onnx.ts";
import type { GraphBuilder } from "./graph_builder.ts";

/** A layer at its place in a graph. */
export interface LayerPlace<F extends LayerForm = LayerForm> {
  form: F;
  graph: GraphBuilder;
  /** For the names of its nodes: `2.relu`. */
  name: string;
  /** Name of what it is given: `[n, d]`, or `[n, channels, height, width]`. */
  input: string;
  /** Name of one of its arrays in the graph: `of("weight")`. */
  of(array: string): string;
}

/** Writes a layer's nodes and returns the name of what they give. */
type LayerNodes<F extends LayerForm> = (place: LayerPlace<F>) => string;

/** A layer of one operator that reads its input and some of its arrays. */
function operator<F extends LayerForm>(
  name: string,
  arrays: readonly string[] = [],
  attributes: (form: F) => Record<string, OnnxAttribute> = () => ({}),
): LayerNodes<F> {
  return (at) =>
    at.graph.node(at.name, name, [at.input, ...arrays.map(at.of)], attributes(at.form));
}

function windowOf({ size, stride, padding }: Window): Record<string, OnnxAttribute> {
  return {
    kernel_shape: { ints: size },
    strides: { ints: stride },
    // Those before the first row and column, then those behind the last.
    pads: { ints: [...padding, ...padding] },
  };
}

/** Of x, Φ(x) = ½·(1 + erf(x·√½)): GELU is not an operator of this set. */
function gelu({ graph, name, input }: LayerPlace): string {
  const scaled = graph.node(`${name}.scaled`, "Mul", [
    input,
    graph.number(`${name}.root_half`, Math.SQRT1_2),
  ]);
  const erf = graph.node(`${name}.erf`, "Erf", [scaled]);
  const raised = graph.node(`${name}.raised`, "Add", [erf, graph.number(`${name}.one`, 1)]);
  const half = graph.number(`${name}.half`, 0.5);
  const normal = graph.node(`${name}.normal`, "Mul", [raised, half]);
  return graph.node(name, "Mul", [input, normal]);
}

/** By kind of layer. */
export const LAYER_NODES: {
  readonly [K in LayerForm["kind"]]: LayerNodes<Extract<LayerForm, { kind: K }>>;
} = {
  dense: operator("Gemm", ["weight", "bias"], () => ({ transB: { i: 1 } })),
  convolution: operator("Conv", ["weight", "bias"], ({ window }) => windowOf(window)),
  maxPooling: operator("MaxPool", [], ({ window }) => windowOf(window)),
  averagePooling: operator("AveragePool", [], ({ window }) => ({
    ...windowOf(window),
    count_include_pad: { i: 1 },
  })),
  batchNormalization: operator(
    "BatchNormalization",
    ["weight", "bias", "running_mean", "running_var"],
    ({ epsilon }) => ({ epsilon: { f: epsilon } }),
  ),
  flatten: operator("Flatten", [], () => ({ axis: { i: 1 } })),
  dropout: ({ input }) => input,
  sigmoid: operator("Sigmoid"),
  tanh: operator("Tanh"),
  relu: operator("Relu"),
  leakyRelu: operator("LeakyRelu", [], ({ slope }) => ({ alpha: { f: slope } })),
  elu: operator("Elu", [], ({ alpha }) => ({ alpha: { f: alpha } })),
  gelu,
};
