/**
 * Computations as ONNX files, which onnxruntime, TensorRT, Core ML and others run
 * (https://onnx.ai/onnx/repo-docs/IR.html).
 *
 * Files are of operator set 13 and IR version 7, which all runtimes since 2020 read. The same model
 * always makes the same bytes: fields are written by ascending number, lists in their order, numbers
 * little-endian.
 *
 * @module
 */
import { ATTRIBUTE, ELEMENT, ONNX_SCHEMA } from "./onnx_schema.ts";
import { count } from "./tensor.ts";

/** Version of the operators (https://onnx.ai/onnx/operators/). */
export const OPERATOR_SET = 13;

/** Version of the file format. */
export const IR_VERSION = 7;

/** A constant that nodes read: a head's parameter, a shape. */
export interface OnnxConstant {
  name: string;
  shape: readonly number[];
  data: Float32Array | BigInt64Array;
}

/** An attribute of a node: a float (`f`), an integer (`i`) or integers (`ints`). */
export type OnnxAttribute = { f: number } | { i: number } | { ints: readonly number[] };

/** One operation. */
export interface OnnxNode {
  /** Of the operator set: `Gemm`. */
  operator: string;
  /** Unique in the graph. */
  name: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output of a graph, float32. */
export interface OnnxValue {
  name: string;
  /** A text names a length that is open, such as that of a batch. */
  shape: readonly (number | string)[];
}

/** A computation. */
export interface OnnxModel {
  name: string;
  /** For readers. */
  description: string;
  /** In an order in which each follows those it reads. */
  nodes: readonly OnnxNode[];
  constants: readonly OnnxConstant[];
  inputs: readonly OnnxValue[];
  outputs: readonly OnnxValue[];
  /** What the file tells about itself, as texts by name. */
  metadata: Readonly<Record<string, string>>;
}

/**
 * Writes a computation as a file.
 *
 * @throws {RangeError} if a constant's shape does not fit its data, or a node reads what neither an
 * input, a constant nor an earlier node gives.
 *
 * @example
 * ```ts
 * const bytes = await encodeOnnx({
 *   name: "doubled",
 *   description: "",
 *   nodes: [{ operator: "Add", name: "add", inputs: ["x", "x"], outputs: ["y"], attributes: {} }],
 *   constants: [],
 *   inputs: [{ name: "x", shape: ["n"] }],
 *   outputs: [{ name: "y", shape: ["n"] }],
 *   metadata: {},
 * });
 * ```
 */
export async function encodeOnnx(model: OnnxModel): Promise<Uint8Array<ArrayBuffer>> {
  checkModel(model);
  const { default: protobuf } = await import("protobufjs/light.js");
  const type = protobuf.Root.fromJSON(ONNX_SCHEMA).lookupType("ModelProto");
  const message = type.create({
    irVersion: IR_VERSION,
    producerName: "constat",
    docString: model.description,
    graph: {
      name: model.name,
      node: model.nodes.map(({ operator, name, inputs, outputs, attributes }) => ({
        input: inputs,
        output: outputs,
        name,
        opType: operator,
        attribute: Object.entries(attributes).map(([name, value]) => {
          const [field] = Object.keys(value) as (keyof typeof ATTRIBUTE)[];
          return { name, ...value, type: ATTRIBUTE[field] };
        }),
      })),
      initializer: model.constants.map(({ name, shape, data }) => ({
        dims: shape,
        dataType: data instanceof Float32Array ? ELEMENT.F32 : ELEMENT.I64,
        name,
        rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      })),
      input: model.inputs.map(valueInfo),
      output: model.outputs.map(valueInfo),
    },
    // The empty domain is that of the standard's own operators.
    opsetImport: [{ domain: "", version: OPERATOR_SET }],
    metadataProps: Object.entries(model.metadata).map(([key, value]) => ({ key, value })),
  });
  return type.encode(message).finish().slice() as Uint8Array<ArrayBuffer>;
}

function valueInfo({ name, shape }: OnnxValue) {
  const dim = shape.map((length) =>
    typeof length === "number" ? { dimValue: length } : { dimParam: length }
  );
  return { name, type: { tensorType: { elemType: ELEMENT.F32, shape: { dim } } } };
}

function checkModel({ nodes, constants, inputs, outputs }: OnnxModel): void {
  for (const { name, shape, data } of constants) {
    if (count(shape) === data.length) continue;
    throw new RangeError(
      `Cannot write constant ${JSON.stringify(name)} as shape [${shape}] needs ${
        count(shape)
      } elements: current length is ${data.length}`,
    );
  }
  const given = new Set([...inputs, ...constants].map(({ name }) => name));
  const need = (who: string, name: string) => {
    if (given.has(name)) return;
    throw new RangeError(
      `Cannot write ${who} as nothing before it gives ${JSON.stringify(name)}: ` +
        `there are ${[...given].join(", ")}`,
    );
  };
  for (const node of nodes) {
    for (const name of node.inputs) need(`node ${node.name}`, name);
    for (const name of node.outputs) given.add(name);
  }
  for (const { name } of outputs) need("the outputs", name);
}
