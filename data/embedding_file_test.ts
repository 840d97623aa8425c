import assert from "node:assert/strict";
import { inMemory } from "../testing/in_memory.ts";
import { finiteRows, readEmbeddingFile } from "./embedding_file.ts";
import { tellFeatureShape } from "./feature_shape.ts";
import { allocateSafetensors, encodeSafetensors } from "./formats/safetensors.ts";

const [N, D] = [9, 4];
const VALUES = Float32Array.from({ length: N * D }, (_, i) => i / 2);

function file(edit: (x: Float32Array) => void = () => {}) {
  const { bytes, tensors } = allocateSafetensors(
    { label: { dtype: "U8", shape: [3] }, x: { dtype: "F32", shape: [N, D] } },
    tellFeatureShape([2, 2, 1]),
  );
  tensors.x.data.set(VALUES);
  edit(tensors.x.data);
  return bytes;
}

Deno.test("rows of a file are read wherever they lie", async () => {
  const source = await readEmbeddingFile(inMemory(file()));
  assert.deepEqual([source.rows, source.dimension, source.shape], [N, D, [2, 2, 1]]);
  for (const [from, to] of [[0, N], [2, 5], [8, 9], [4, 4]]) {
    const into = new Float32Array(1 + N * D).subarray(1);
    await source.read(from, to, into);
    assert.deepEqual(into.subarray(0, (to - from) * D), VALUES.subarray(from * D, to * D));
  }
  for (const [from, to, length] of [[-1, 2, 99], [0, 10, 99], [3, 2, 99], [0, 2, 7]]) {
    await assert.rejects(source.read(from, to, new Float32Array(length)), {
      name: "RangeError",
      message: `Cannot read rows ${from} to ${to} of embeddings into ${length} numbers as it has ` +
        `9 rows of 4`,
    });
  }
});

Deno.test("files that hold no embeddings are refused, with their name", async () => {
  const read = (bytes: Uint8Array) => readEmbeddingFile(inMemory(bytes), "x.safetensors");
  await assert.rejects(read(new Uint8Array(3)), /Cannot read x\.safetensors .* it has 3 bytes/);
  await assert.rejects(read(file().subarray(0, -4)), /Cannot read x\.safetensors as safetensors/);
  const other = (shape: number[]) =>
    encodeSafetensors({ x: { dtype: "F32", shape, data: new Float32Array(8) } });
  await assert.rejects(
    read(other([8])),
    /"x" as it must be F32 \[any, any\]: current value is F32 \[8\]/,
  );
  await assert.rejects(read(encodeSafetensors({})), /Cannot find tensor "x"/);
});

Deno.test("a value that is not finite is told with its row, where the row matters", async () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const source = await readEmbeddingFile(inMemory(file((x) => x[5 * D + 3] = value)));
    const only = (...rows: number[]) =>
      finiteRows(source, Int32Array.from(rows), (row) => `row ${row} of x.safetensors`);
    const into = new Float32Array(N * D);
    await only(0, 1, 4, 6, 8).read(0, N, into);
    await only(5).read(0, 5, into);
    await only(5).read(6, N, into);
    for (const rows of [[5], [0, 5, 8]]) {
      await assert.rejects(only(...rows).read(3, N, into), {
        name: "RangeError",
        message:
          `Cannot use row 5 of x.safetensors as its values must be finite: the value at 3 is ${value}`,
      });
    }
  }
});
