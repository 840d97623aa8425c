import assert from "node:assert/strict";
import { createReferenceCore } from "../core/reference/core.ts";
import {
  type EmbeddedSamplesOptions,
  readEmbeddedSamples,
  rowsOf,
  uploadRows,
} from "./embedded_samples.ts";
import { encodeSafetensors } from "./formats/safetensors.ts";

const x = (rows: number) =>
  encodeSafetensors({
    x: {
      dtype: "F32",
      shape: [rows, 2],
      data: Float32Array.from({ length: 2 * rows }, (_, i) => i),
    },
  });

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
  const { features, labels } = uploadRows(core, samples, rows.toReversed());
  assert.deepEqual([...await core.download(features)], [4, 5, 0, 1]);
  assert.deepEqual([...await core.downloadIntegers(labels)], [1, 1]);
});

Deno.test("more rows than are copied at a time arrive whole", async () => {
  const ids = Array.from({ length: 1100 }, (_, i) => `image${i}`);
  const samples = await readEmbeddedSamples({
    embeddings: x(1100),
    samples: ["id,label,group,origin", ...ids.map((id) => `${id},a,,${id}`), ""].join("\n"),
    classes: { names: ["a"] },
    partition: ["id,partition", ...ids.map((id) => `${id},train`), ""].join("\n"),
  });
  const core = createReferenceCore();
  const { features } = uploadRows(core, samples, rowsOf(samples, "train"));
  assert.deepEqual(await core.download(features), samples.x);
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
