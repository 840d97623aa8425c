import assert from "node:assert/strict";
import { encodeOnnx, type OnnxModel } from "./onnx.ts";

const model: OnnxModel = {
  name: "scaled",
  description: "",
  nodes: [{
    operator: "Mul",
    name: "mul",
    inputs: ["x", "scale"],
    outputs: ["y"],
    attributes: {},
  }],
  constants: [{ name: "scale", shape: [2], data: new Float32Array([2, 3]) }],
  inputs: [{ name: "x", shape: ["n", 2] }],
  outputs: [{ name: "y", shape: ["n", 2] }],
  metadata: { classes: "[]" },
};

Deno.test("a file has the fields of the format's specification", async () => {
  const bytes = await encodeOnnx({ ...model, nodes: [], outputs: [], inputs: [], constants: [] });
  // Each field is its number and kind in one byte, then a number, or a length and so many bytes.
  const text = (words: string) => [words.length, ...new TextEncoder().encode(words)];
  const within = (message: number[]) => [message.length, ...message];
  assert.deepEqual([...bytes], [
    ...[0x08, 7], // ir_version
    ...[0x12, ...text("constat")], // producer_name
    ...[0x32, 0], // doc_string
    ...[0x3a, ...within([0x12, ...text("scaled")])], // graph: name
    ...[0x42, ...within([0x0a, 0, 0x10, 13])], // opset_import: domain, version
    ...[0x72, ...within([0x0a, ...text("classes"), 0x12, ...text("[]")])], // metadata_props
  ]);
});

Deno.test("operators of classic machine learning have a domain, and attributes of every type", async () => {
  const bytes = await encodeOnnx({
    ...model,
    nodes: [{
      operator: "TreeEnsembleClassifier",
      domain: "ai.onnx.ml",
      name: "forest",
      inputs: ["x"],
      outputs: ["y"],
      attributes: {
        f: { f: 1 },
        i: { i: 300 },
        t: { t: { shape: [1], data: new Float64Array([-2]) } },
        ints: { ints: [0, 5] },
        strings: { strings: ["LEAF", "LEAF"] },
      },
    }],
    outputs: [{ name: "y", type: "I64", shape: ["n"] }],
    constants: [],
  });
  const text = (words: string) => [words.length, ...new TextEncoder().encode(words)];
  const within = (message: number[]) => [message.length, ...message];
  const value = (name: string, type: number, shape: number[][]) => {
    const lengths = [0x12, ...within(shape.flatMap((length) => [0x0a, ...within(length)]))];
    const tensor = [0x0a, ...within([0x08, type, ...lengths])];
    return within([0x0a, ...text(name), 0x12, ...within(tensor)]);
  };
  const attributes = [
    [0x0a, ...text("f"), 0x15, 0, 0, 0x80, 0x3f, 0xa0, 1, 1],
    [0x0a, ...text("i"), 0x18, 0xac, 2, 0xa0, 1, 2],
    // dims, data_type, raw_data
    [
      0x0a,
      ...text("t"),
      0x2a,
      14,
      0x08,
      1,
      0x10,
      11,
      0x4a,
      8,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0xc0,
      0xa0,
      1,
      4,
    ],
    [0x0a, ...text("ints"), 0x40, 0, 0x40, 5, 0xa0, 1, 7],
    [0x0a, ...text("strings"), 0x4a, ...text("LEAF"), 0x4a, ...text("LEAF"), 0xa0, 1, 8],
  ];
  const node = [
    ...[0x0a, ...text("x"), 0x12, ...text("y"), 0x1a, ...text("forest")],
    ...[0x22, ...text("TreeEnsembleClassifier")],
    ...attributes.flatMap((attribute) => [0x2a, ...within(attribute)]),
    ...[0x3a, ...text("ai.onnx.ml")],
  ];
  // From 128 on, a length takes two bytes.
  const graph = [
    ...[0x0a, node.length & 0x7f | 0x80, node.length >> 7, ...node, 0x12, ...text("scaled")],
    ...[0x5a, ...value("x", 1, [[0x12, ...text("n")], [0x08, 2]])],
    ...[0x62, ...value("y", 7, [[0x12, ...text("n")]])],
  ];
  assert.deepEqual([...bytes], [
    ...[0x08, 7, 0x12, ...text("constat"), 0x32, 0],
    ...[0x3a, graph.length & 0x7f | 0x80, graph.length >> 7, ...graph],
    ...[0x42, ...within([0x0a, 0, 0x10, 13])],
    ...[0x42, ...within([0x0a, ...text("ai.onnx.ml"), 0x10, 3])],
    ...[0x72, ...within([0x0a, ...text("classes"), 0x12, ...text("[]")])],
  ]);
});

Deno.test("what would not run is refused", async () => {
  await assert.rejects(
    encodeOnnx({ ...model, constants: [{ ...model.constants[0], shape: [3] }] }),
    /constant "scale" as shape \[3\] needs 3 elements: current length is 2/,
  );
  await assert.rejects(
    encodeOnnx({ ...model, constants: [] }),
    /node mul as nothing before it gives "scale": there are x/,
  );
  await assert.rejects(
    encodeOnnx({ ...model, outputs: [{ name: "z", shape: [] }] }),
    /the outputs as nothing before it gives "z"/,
  );
  // One array under four names: 2 GiB to be written, of which nothing is ever touched.
  const data = new Float32Array(2 ** 27);
  const constants = ["a", "b", "c", "d"].map((name) => ({ name, shape: [data.length], data }));
  await assert.rejects(
    encodeOnnx({ ...model, constants }),
    /its constants must be fewer than 2147483648 bytes: current number is 2147483648/,
  );
});
