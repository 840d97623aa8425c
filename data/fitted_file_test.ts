import assert from "node:assert/strict";
import { encodeFittedFile } from "./fitted_file.ts";
import { parseSafetensorsHeader } from "./formats/safetensors_header.ts";
import { decodeSafetensors } from "./formats/safetensors.ts";
import { getTensor } from "./formats/tensor.ts";
import { fit, FITTED_HEADS, FOREST, ownAnswers, tiedRows } from "./onnx/testing/fitted_heads.ts";

Deno.test("a forest's file is enough to answer as the forest does", async () => {
  const given = tiedRows(3, 4);
  const { dimension: d, classes: k } = given.samples;
  const arrays = await fit(FOREST, given);
  const { probabilities } = await ownAnswers(FOREST, arrays, given);
  const file = decodeSafetensors(encodeFittedFile(FOREST, arrays, given.samples, {}));
  const integers = (name: string) => getTensor(file, name, "I32", [null]).data;
  const [roots, features, leaves] = ["roots", "features", "leaves"].map(integers);
  const [left, right] = ["children_left", "children_right"].map(integers);
  const thresholds = getTensor(file, "thresholds", "F32", [features.length]).data;
  const shares = getTensor(file, "shares", "F32", [null, k]).data;
  assert.deepEqual([...file.keys()].includes("links"), false);

  for (let i = 0; i < given.count; i++) {
    const x = given.queries.subarray(i * d, (i + 1) * d);
    const sums = new Float64Array(k);
    for (const root of roots) {
      let node = root;
      while (leaves[node] < 0) {
        node = x[features[node]] <= thresholds[node] ? left[node] : right[node];
      }
      assert.deepEqual([features[node], left[node], right[node]], [-1, -1, -1]);
      for (let c = 0; c < k; c++) sums[c] += shares[leaves[node] * k + c];
    }
    const found = Float32Array.from(sums, (sum) => sum / roots.length);
    assert.deepEqual(found, probabilities.slice(i * k, (i + 1) * k));
  }
});

for (const name of ["knn", "centroid"]) {
  Deno.test(`a file of other heads has their arrays as they are: ${name}`, async () => {
    const given = tiedRows(3, 4);
    const head = FITTED_HEADS.find((head) => head.name === name)!;
    const arrays = await fit(head, given);
    const metadata = { classes: '["a","é"]', study: 'a "study"' };
    const bytes = encodeFittedFile(head, arrays, given.samples, metadata);
    assert.deepEqual(Object.fromEntries(decodeSafetensors(bytes)), arrays);
    assert.deepEqual(parseSafetensorsHeader(bytes, bytes.length, "file").metadata, metadata);
    assert.throws(
      () => encodeFittedFile(FOREST, arrays, given.samples, metadata),
      /its array features must be I32 \[any\]: current one is none/,
    );
  });
}
