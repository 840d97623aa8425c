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

/**
 * Version of the operators of classic machine learning, the domain `ai.onnx.ml`: the first whose trees
 * are in binary64. Runtimes since 2022 read it; only a file that uses one of them asks for it.
 */
export const ML_OPERATOR_SET = 3;

/** Version of the file format. */
export const IR_VERSION = 7;

/** An array. */
export interface OnnxTensor {
  shape: readonly number[];
  data: Float32Array | Float64Array | BigInt64Array;
}

/** A constant that nodes read: a head's parameter, a shape. */
export interface OnnxConstant extends OnnxTensor {
  name: string;
}

/** An attribute of a node: a float (`f`), an integer (`i`), an array (`t`), integers or texts. */
export type OnnxAttribute =
  | { f: number }
  | { i: number }
  | { t: OnnxTensor }
  | { ints: ArrayLike<number> }
  | { strings: readonly string[] };

/** One operation. */
export interface OnnxNode {
  /** Of the operator set: `Gemm`. */
  operator: string;
  /** Whose operator it is. Default: the standard's own. */
  domain?: "ai.onnx.ml";
  /** Unique in the graph. */
  name: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output of a graph. */
export interface OnnxValue {
  name: string;
  /** Default: float32. */
  type?: "F32" | "I64";
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

/** Bytes that a message of Protocol Buffers, and with it a file, stays below. */
const MOST_BYTES = 2 ** 31;

/**
 * Writes a computation as a file.
 *
 * @throws {RangeError} if a constant's shape does not fit its data, all constants together are more than
 * the format can hold (2 GiB), or a node reads what neither an input, a constant nor an earlier node
 * gives.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const bytes = await encodeOnnx({
 *   name: "doubled",
 *   description: "",
 *   nodes: [{ operator: "Add", name: "add", inputs: ["x", "x"], outputs: ["y"], attributes: {} }],
 *   constants: [],
 *   inputs: [{ name: "x", shape: ["n"] }],
 *   outputs: [{ name: "y", shape: ["n"] }],
 *   metadata: {},
 * });
 * assert.ok(bytes.length > 0);
 * ```
 */
export async function encodeOnnx(model: OnnxModel): Promise<Uint8Array<ArrayBuffer>> {
  checkModel(model);
  const { default: protobuf } = await import("protobufjs/light.js");
  const type = protobuf.Root.fromJSON(ONNX_SCHEMA).lookupType("ModelProto");
  const usesMl = model.nodes.some(({ domain }) => domain === "ai.onnx.ml");
  const message = type.create({
    irVersion: IR_VERSION,
    producerName: "constat",
    docString: model.description,
    graph: {
      name: model.name,
      node: model.nodes.map(({ operator, domain, name, inputs, outputs, attributes }) => ({
        input: inputs,
        output: outputs,
        name,
        opType: operator,
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
        domain,
      })),
      initializer: model.constants.map(({ name, ...array }) => ({ ...tensor(array), name })),
      input: model.inputs.map(valueInfo),
      output: model.outputs.map(valueInfo),
    },
    // The empty domain is that of the standard's own operators.
    opsetImport: [
      { domain: "", version: OPERATOR_SET },
      ...usesMl ? [{ domain: "ai.onnx.ml", version: ML_OPERATOR_SET }] : [],
    ],
    metadataProps: Object.entries(model.metadata).map(([key, value]) => ({ key, value })),
  });
  return type.encode(message).finish().slice() as Uint8Array<ArrayBuffer>;
}

function attribute(name: string, value: OnnxAttribute) {
  const [field] = Object.keys(value) as (keyof typeof ATTRIBUTE)[];
  const type = ATTRIBUTE[field];
  if ("t" in value) return { name, t: tensor(value.t), type };
  if ("strings" in value) return { name, strings: utf8(value.strings), type };
  return { name, ...value, type };
}

/** Texts as bytes; equal ones share theirs, as the nodes of a forest say the same two millions of times. */
function utf8(texts: readonly string[]): Uint8Array[] {
  const encoder = new TextEncoder();
  const known = new Map(Array.from(new Set(texts), (text) => [text, encoder.encode(text)]));
  return texts.map((text) => known.get(text)!);
}

function tensor({ shape, data }: OnnxTensor) {
  return {
    dims: shape,
    dataType: ELEMENT[elementOf(data)],
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

function elementOf(data: OnnxTensor["data"]): keyof typeof ELEMENT {
  if (data instanceof Float32Array) return "F32";
  return data instanceof Float64Array ? "F64" : "I64";
}

function valueInfo({ name, type = "F32", shape }: OnnxValue) {
  const dim = shape.map((length) =>
    typeof length === "number" ? { dimValue: length } : { dimParam: length }
  );
  return { name, type: { tensorType: { elemType: ELEMENT[type], shape: { dim } } } };
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
  const bytes = constants.reduce((sum, { data }) => sum + data.byteLength, 0);
  if (bytes >= MOST_BYTES) {
    throw new RangeError(
      `Cannot write a file of ONNX as its constants must be fewer than ${MOST_BYTES} bytes: current ` +
        `number is ${bytes}`,
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
