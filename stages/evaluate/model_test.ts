import assert from "node:assert/strict";
import fc from "fast-check";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import { decodeSafetensors, encodeSafetensors } from "../../data/formats/safetensors.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { METRICS } from "../../core/metrics/registry.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings, type SyntheticOptions } from "../../testing/synthetic_embeddings.ts";
import model from "./model.ts";
import { shortestFloat32 } from "./shortest_float32.ts";

/** Logits that are the first coordinates, so that the classes' own axes decide. */
const weights = encodeSafetensors({
  weight: {
    dtype: "F32",
    shape: [3, 6],
    data: Float32Array.from({ length: 18 }, (_, i) => i % 6 === Math.floor(i / 6) ? 2 : 0),
  },
  bias: { dtype: "F32", shape: [3], data: new Float32Array(3) },
});

async function run(data: SyntheticOptions = {}, samples = 200) {
  const { testIds, ...inputs } = await syntheticEmbeddings({ lookAlike: 1.8, ...data });
  const result = await runStep(model, { bootstrap: { samples } }, {
    inputs: {
      ...inputs,
      weights,
      summary: { json: { head: "softmax", headOptions: {}, bestEpoch: 3 } },
    },
  });
  const table = await parseCsv(result.text("predictions"), {
    id: "text",
    label: "text",
    predicted: "text",
    probability_predicted: "number",
    probability_label: "number",
  });
  return { result, table, testIds, metrics: result.json<Metrics>("metrics") };
}

Deno.test("evaluate.model tells of the test images, in order", async () => {
  const { result, table, testIds, metrics } = await run();
  assert.deepEqual(table.map(({ id }) => id), testIds);
  const tensors = decodeSafetensors(result.bytes("probabilities"));
  const { data: probabilities } = tensors.get("probabilities")!;
  const predicted = tensors.get("predicted")!.data;
  table.forEach((row, i) => {
    const own = Array.from(probabilities.subarray(3 * i, 3 * i + 3), Number);
    assert.equal("abc"[Number(predicted[i])], row.predicted);
    assert.equal(Math.fround(row.probability_predicted), Math.max(...own));
    assert.equal(Math.fround(row.probability_label), own["abc".indexOf(row.label)]);
  });
  const right = table.filter((row) => row.label === row.predicted).length;
  assert.deepEqual([metrics.images, metrics.correct], [60, right]);
  assert.equal(metrics.scores.accuracy, right / 60);
  assert.ok(right > 30 && right < 60);
  assert.equal(metrics.training.bestEpoch, 3);
});

Deno.test("evaluate.model: classes that look alike are confused with each other", async () => {
  const { metrics } = await run();
  assert.ok(metrics.confusion[2][1] > 5);
  assert.equal(metrics.maximum.recall.class, 0);
  assert.equal(metrics.minimum.f1.value, Math.min(...metrics.perClass.map(({ f1 }) => f1)));
  for (const { class: i, support, predicted } of metrics.perClass) {
    assert.equal(support, metrics.confusion[i].reduce((a, b) => a + b));
    assert.equal(predicted, metrics.confusion.reduce((sum, row) => sum + row[i], 0));
  }
});

Deno.test("evaluate.model gives every metric with an interval around it", async () => {
  const { metrics, result } = await run();
  const names = METRICS.map(({ name }) => name).sort();
  assert.deepEqual(Object.keys(metrics.scores).sort(), names);
  assert.deepEqual(Object.keys(metrics.intervals).sort(), names);
  for (const name of names) {
    const { low, high } = metrics.intervals[name];
    assert.ok(low < metrics.scores[name] && metrics.scores[name] < high, name);
  }
  assert.deepEqual(metrics.bootstrap, { samples: 200, confidence: 0.95, seed: 1 });
  assert.deepEqual((await run()).result.digest("metrics"), result.digest("metrics"));
});

Deno.test("evaluate.model reads test embeddings alone", async () => {
  const spoilt = await run({
    edit(x, partition, d) {
      partition.forEach((name, i) => name !== "test" && x.fill(NaN, i * d, (i + 1) * d));
    },
  });
  const { result } = await run();
  assert.equal(spoilt.result.digest("probabilities"), result.digest("probabilities"));
});

Deno.test("shortestFloat32() reads back equal, and no shorter number does", () => {
  fc.assert(fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
    const short = shortestFloat32(value);
    assert.ok(Math.fround(short) === value);
    const digits = String(Math.abs(short)).replace(/e.*|\./g, "").replace(/^0+|0+$/g, "").length;
    if (digits > 1) assert.notEqual(Math.fround(Number(value.toPrecision(digits - 1))), value);
  }));
  assert.equal(shortestFloat32(Math.fround(0.1)), 0.1);
});
