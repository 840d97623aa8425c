import assert from "node:assert/strict";
import fc from "fast-check";
import { needs } from "../../testing/require.ts";
import { allocateSafetensors, decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { parseSafetensorsHeader } from "./safetensors_header.ts";
import { type Dtype, getTensor, type Tensor, type TensorData } from "./tensor.ts";

/** A file with this header text, and so many zero bytes of data. */
function file(header: string, size = 0): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const tensors = fc.dictionary(
  fc.oneof(fc.string(), fc.constant("__proto__"), fc.constant("constructor")),
  fc.oneof(
    fc.float32Array({ noNaN: true }).map((data) => tensor("F32", data)),
    fc.float64Array({ noNaN: true }).map((data) => tensor("F64", data)),
    fc.bigInt64Array().map((data) => tensor("I64", data)),
    fc.int32Array().map((data) => tensor("I32", data)),
    fc.uint16Array().map((data) => tensor("U16", data)),
    fc.uint8Array().map((data) => tensor("U8", data)),
  ),
  { noNullPrototype: true },
).filter((all) => !Object.hasOwn(all, "__metadata__"));

function tensor<D extends Dtype>(dtype: D, data: TensorData<D>): Tensor {
  return { dtype, shape: [data.length, 1], data } as Tensor;
}

Deno.test("what is encoded decodes to the same arrays, aligned", () => {
  fc.assert(fc.property(tensors, fc.nat(9), (all, shift) => {
    const bytes = encodeSafetensors(all);
    const moved = new Uint8Array(bytes.length + shift);
    moved.set(bytes, shift);
    for (const copy of [bytes, moved.subarray(shift)]) {
      const decoded = decodeSafetensors(copy);
      assert.deepEqual([...decoded.keys()].sort(), Object.keys(all).sort());
      for (const [name, { dtype, shape, data }] of Object.entries(all)) {
        assert.deepEqual(decoded.get(name), { dtype, shape, data });
      }
    }
    const reversed = Object.fromEntries(Object.entries(all).reverse());
    assert.deepEqual(encodeSafetensors(reversed), bytes);
  }));
});

Deno.test("an encoded file is laid out byte by byte as the format says", () => {
  const bytes = encodeSafetensors({
    label: { dtype: "U8", shape: [3], data: new Uint8Array([1, 2, 3]) },
    weight: { dtype: "F32", shape: [1, 2], data: new Float32Array([1, -2]) },
  });
  const header = '{"label":{"dtype":"U8","shape":[3],"data_offsets":[8,11]},' +
    '"weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8, " ");
  const expected = [padded.length, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(padded)];
  expected.push(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 1, 2, 3);
  assert.deepEqual([...bytes], expected);
});

Deno.test("NaNs are written in their canonical form", () => {
  const single = new Float32Array(new Uint32Array([0xffc12345]).buffer);
  const double = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer);
  const decoded = decodeSafetensors(encodeSafetensors({
    single: { dtype: "F32", shape: [1], data: single },
    double: { dtype: "F64", shape: [1], data: double },
  }));
  const { data } = getTensor(decoded, "single", "F32", [1]);
  assert.equal(new DataView(data.buffer, data.byteOffset).getUint32(0, true), 0x7fc00000);
  const wide = getTensor(decoded, "double", "F64", [1]).data;
  assert.equal(
    new DataView(wide.buffer, wide.byteOffset).getBigUint64(0, true),
    0x7ff8000000000000n,
  );
});

Deno.test("allocateSafetensors() gives views into the file", () => {
  const { bytes, tensors } = allocateSafetensors({
    x: { dtype: "F32", shape: [2] },
    y: { dtype: "U8", shape: [1] },
  });
  tensors.x.data.set([0.5, 2]);
  tensors.y.data[0] = 9;
  const decoded = decodeSafetensors(bytes);
  assert.deepEqual(getTensor(decoded, "x", "F32", [2]).data, new Float32Array([0.5, 2]));
  assert.deepEqual(getTensor(decoded, "y", "U8", [1]).data, new Uint8Array([9]));
});

Deno.test("metadata stands in the header, and leaves the arrays as they are", () => {
  const specs = { x: { dtype: "F32", shape: [2] } } as const;
  const { bytes, tensors } = allocateSafetensors(specs, { b: "2", a: "é" });
  tensors.x.data.set([0.5, 2]);
  const data = getTensor(decodeSafetensors(bytes), "x", "F32", [2]).data;
  assert.deepEqual(data, new Float32Array([0.5, 2]));
  const { metadata, entries } = parseSafetensorsHeader(bytes, bytes.length, "test");
  assert.deepEqual(metadata, { a: "é", b: "2" });
  const { from, to } = entries.get("x")!;
  assert.deepEqual(bytes.subarray(from, to), new Uint8Array(data.slice().buffer));
  // What another program wrote there may be anything.
  for (const odd of ['{"a":1,"b":"x"}', "null", "[]", '"text"']) {
    const foreign = file(`{"__metadata__":${odd}}`);
    assert.deepEqual(decodeSafetensors(foreign).size, 0);
  }
});

Deno.test("what cannot be encoded is refused with its name", () => {
  const data = new Float32Array(2);
  const encode = (name: string, tensor: unknown) => () =>
    encodeSafetensors({ [name]: tensor as Tensor });
  assert.throws(
    encode("__metadata__", { dtype: "F32", shape: [2], data }),
    /"__metadata__" as the format reserves/,
  );
  assert.throws(encode("a", { dtype: "F16", shape: [2], data }), /dtype is unknown: F16/);
  assert.throws(encode("a", { dtype: "U8", shape: [2], data }), /does not have dtype U8/);
  assert.throws(
    encode("a", { dtype: "F32", shape: [3], data }),
    /shape \[3\] needs 3 elements: current length is 2/,
  );
  assert.throws(encode("a", { dtype: "F32", shape: [-1], data }), /integers from 0/);
});

Deno.test("hostile and foreign files are refused with what was found", () => {
  const x = (entry: string) => `{"x":${entry}}`;
  const u8 = (shape: string, offsets: string) =>
    x(`{"dtype":"U8","shape":${shape},"data_offsets":${offsets}}`);
  const long = new Uint8Array(16);
  new DataView(long.buffer).setBigUint64(0, 2n ** 63n, true);
  const two = (first: string, second: string) =>
    `{"a":{"dtype":"U8","shape":[2],"data_offsets":${first}},` +
    `"b":{"dtype":"U8","shape":[2],"data_offsets":${second}}}`;
  const cases: [Uint8Array<ArrayBuffer>, RegExp][] = [
    [new Uint8Array(3), /Cannot read x\.safetensors as safetensors: it has 3 bytes/],
    [long, /header of 9223372036854776000 bytes does not fit its 16 bytes/],
    [file("{}").subarray(0, 9), /header of 2 bytes does not fit its 9 bytes/],
    [file('{"x":'), /header is not JSON/],
    [file("[]"), /header is not a JSON object/],
    [file(" {}"), /header is not a JSON object/],
    [file(x("null")), /tensor "x" has dtype undefined/],
    [file(x('{"dtype":"constructor"}')), /dtype "constructor": expected one of F64/],
    [file(u8("[1e999]", "[0,1]"), 1), /tensor "x" has shape \[null\]/],
    [file(u8("[-1]", "[0,1]"), 1), /tensor "x" has shape \[-1\]/],
    [file(u8("[2]", "[0,2]"), 1), /data_offsets \[0,2\]: expected a range within 1 bytes/],
    [file(u8("[2]", "[2,0]"), 2), /data_offsets \[2,0\]/],
    [file(u8("[3]", "[0,2]"), 2), /tensor "x" of U8 \[3\] has 2 bytes: expected 3/],
    [file(u8("[9007199254740991,8]", "[0,1]"), 1), /has 1 bytes: expected 72057594037927930/],
    [file(two("[0,2]", "[1,3]"), 3), /tensor "b" at bytes 1 to 3 overlaps/],
    [file(two("[0,2]", "[3,5]"), 5), /tensor "b" at bytes 3 to 5 leaves a gap/],
    [file(u8("[1]", "[0,1]"), 2), /its tensors end at byte 1 of 2/],
    [file('{"x":1,"\\u0078":1}'), /holds the key "x" twice/],
    [file(u8("[1]", "[0,1]").replace("}}", ',"shape":[1]}}'), 1), /holds the key "shape" twice/],
  ];
  for (const [bytes, message] of cases) {
    assert.throws(() => decodeSafetensors(bytes, "x.safetensors"), message);
    assert.throws(() => decodeSafetensors(bytes), SyntaxError);
  }
});

Deno.test("metadata is passed over and __proto__ is a name like any other", () => {
  const header = '{"__metadata__":{"format":"pt"},' +
    '"__proto__":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}';
  const decoded = decodeSafetensors(file(header, 1));
  assert.deepEqual([...decoded.keys()], ["__proto__"]);
  assert.deepEqual(getTensor(decoded, "__proto__", "U8", []).data, new Uint8Array(1));
});

Deno.test("getTensor() tells what it expected and found", () => {
  const decoded = decodeSafetensors(
    encodeSafetensors({ x: { dtype: "F32", shape: [1, 2], data: new Float32Array(2) } }),
  );
  assert.throws(
    () => getTensor(decoded, "y", "F32", [null]),
    /Cannot find tensor "y" of F32 \[any\]: the file holds x/,
  );
  for (const [dtype, shape] of [["U8", [1, 2]], ["F32", [1]], ["F32", [1, 3]]] as const) {
    assert.throws(() => getTensor(decoded, "x", dtype, shape), /current value is F32 \[1, 2\]/);
  }
});

const READ_IN_PYTHON = `
import json, struct, sys
data = sys.stdin.buffer.read()
(length,) = struct.unpack("<Q", data[:8])
header = json.loads(data[8 : 8 + length])
codes = {"F64": "d", "F32": "f", "I64": "q", "U8": "B"}
out = {}
for name, entry in header.items():
    begin, end = entry["data_offsets"]
    code = codes[entry["dtype"]]
    size = (end - begin) // struct.calcsize("<" + code)
    values = struct.unpack("<%d%s" % (size, code), data[8 + length + begin : 8 + length + end])
    out[name] = [entry["shape"], list(values)]
json.dump(out, sys.stdout, sort_keys=True)
`;

Deno.test({
  name: "a reader written in Python from the format's description reads the same",
  ...needs("python3"),
  async fn() {
    const bytes = encodeSafetensors({
      "é": { dtype: "U8", shape: [3], data: new Uint8Array([0, 128, 255]) },
      a: { dtype: "F32", shape: [1, 2], data: new Float32Array([0.5, -2]) },
      b: { dtype: "I64", shape: [], data: new BigInt64Array([-5n]) },
      c: { dtype: "F64", shape: [2, 1], data: new Float64Array([0.1, 1e300]) },
    });
    const python = new Deno.Command("python3", {
      args: ["-c", READ_IN_PYTHON],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = python.stdin.getWriter();
    await writer.write(bytes);
    await writer.close();
    const { stdout, success } = await python.output();
    assert.ok(success);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), {
      a: [[1, 2], [0.5, -2]],
      b: [[], [-5]],
      c: [[2, 1], [0.1, 1e300]],
      "é": [[3], [0, 128, 255]],
    });
  },
});
