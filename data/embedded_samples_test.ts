import assert from "node:assert/strict";
import { createReferenceCore } from "../core/reference/core.ts";
import {
  type EmbeddedSamplesOptions,
  readEmbeddedSamples,
  rowsOf,
  streamRows,
  uploadRows,
} from "./embedded_samples.ts";
import { inMemory } from "../testing/in_memory.ts";
import { encodeSafetensors } from "./formats/safetensors.ts";

const numbers = (rows: number) => Float32Array.from({ length: 2 * rows }, (_, i) => i);

const x = (rows: number) =>
  inMemory(encodeSafetensors({ x: { dtype: "F32", shape: [rows, 2], data: numbers(rows) } }));

const artifacts: EmbeddedSamplesOptions = {
  embeddings: x(3),
  samples: "id,label,group,origin\np,b,,p\nq,a,,q\nr,b,,r\n",
  classes: { names: ["a", "b"] },
  partition: "id,partition\np,train\nq,test\nr,train\n",
};

Deno.test("embedded samples reach a core in the order of the rows", async () => {
  const samples = await readEmbeddedSamples(artifacts);
  assert.deepEqual([...samples.labels], [1, 0, 1]);
  const rows = rowsOf(samples, "train");
  assert.deepEqual([...rows], [0, 2]);
  const core = createReferenceCore();
  const { features, labels } = await uploadRows(core, samples, rows);
  assert.deepEqual([...await core.download(features)], [0, 1, 4, 5]);
  assert.deepEqual([...await core.downloadIntegers(labels)], [1, 1]);
});

Deno.test("more rows than are read at a time arrive whole", async () => {
  const count = 300_000;
  const ids = Array.from({ length: count }, (_, i) => `image${i}`);
  const samples = await readEmbeddedSamples({
    embeddings: x(count),
    samples: ["id,label,group,origin", ...ids.map((id) => `${id},a,,${id}`), ""].join("\n"),
    classes: { names: ["a"] },
    partition: ["id,partition", ...ids.map((id) => `${id},train`), ""].join("\n"),
  });
  const core = createReferenceCore();
  const { features } = await uploadRows(core, samples, rowsOf(samples, "train"));
  assert.deepEqual(await core.download(features), numbers(count));
});

Deno.test("artifacts that do not fit each other are refused", async () => {
  const cases: [Partial<EmbeddedSamplesOptions>, RegExp][] = [
    [{ embeddings: x(2) }, /must be one for each of 3 samples: current number is 2/],
    [{ classes: { names: ["b"] } }, /sample "q" as its label must be one of 1 classes: .* "a"/],
    [{ partition: "id,partition\np,train\nq,test\n" }, /expected 3 rows/],
  ];
  for (const [changed, message] of cases) {
    await assert.rejects(readEmbeddedSamples({ ...artifacts, ...changed }), message);
  }
  const samples = await readEmbeddedSamples(artifacts);
  assert.throws(() => rowsOf(samples, "validation"), /partition validation as it has no image/);
});

Deno.test("rows that are streamed are those of the partition, with their classes", async () => {
  const samples = await readEmbeddedSamples(artifacts);
  const { source, labels, classes, rows, layout } = streamRows(
    samples,
    rowsOf(samples, "train"),
    16,
  );
  assert.deepEqual([...rows!], [0, 2]);
  assert.deepEqual(layout, { shardRows: 2, windowShards: 1 });
  assert.deepEqual([[...labels], classes, source.rows], [[1, 0, 1], 2, 3]);
  const into = new Float32Array(4);
  await source.read(1, 3, into);
  assert.deepEqual([...into], [2, 3, 4, 5]);
});
