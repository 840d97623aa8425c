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
});
