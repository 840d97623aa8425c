import assert from "node:assert/strict";
import fc from "fast-check";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import { decodeSafetensors, encodeSafetensors } from "../../data/formats/safetensors.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { BOOTSTRAPPED_METRICS, METRICS } from "../../core/metrics/registry.ts";
import { topKAccuracy } from "../../core/metrics/top_k_accuracy.ts";
import { createAnswers } from "../../core/metrics/answers.ts";
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

async function run(data: SyntheticOptions = {}, settings: object = {}) {
  const { testIds, ...inputs } = await syntheticEmbeddings({ lookAlike: 1.8, ...data });
  const result = await runStep(model, { bootstrap: { samples: 200 }, ...settings }, {
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
  assert.equal(metrics.training!.bestEpoch, 3);
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

Deno.test("evaluate.model gives every metric, with an interval around those that are cheap", async () => {
  const { metrics, result } = await run();
  const names = METRICS.map(({ name }) => name).sort();
  assert.deepEqual(Object.keys(metrics.scores).sort(), names);
  assert.deepEqual(metrics.undefinedWhere, {});
  const cheap = BOOTSTRAPPED_METRICS.map(({ name }) => name).sort();
  assert.deepEqual(Object.keys(metrics.intervals).sort(), cheap);
  assert.ok(!cheap.includes("macroRocAuc") && cheap.includes("balancedAccuracy"));
  for (const name of cheap.filter((name) => name !== "topKAccuracy")) {
    const { low, high } = metrics.intervals[name];
    const score = metrics.scores[name]!;
    assert.ok(low < score && score < high, name);
  }
  // The three most probable of three classes have the right one among them.
  assert.deepEqual([metrics.topK, metrics.scores.topKAccuracy], [3, 1]);
  assert.deepEqual(metrics.intervals.topKAccuracy, { low: 1, high: 1 });
  assert.deepEqual(metrics.bootstrap, { samples: 200, confidence: 0.95, seed: 1 });
  assert.deepEqual((await run()).result.digest("metrics"), result.digest("metrics"));
});

Deno.test("evaluate.model takes k and the number of bins from its params", async () => {
  const { result, metrics } = await run({ noise: 1.2 }, { topK: 2, calibrationBins: 4 });
  const tensors = decodeSafetensors(result.bytes("probabilities"));
  const data = <T>(name: string) => tensors.get(name)!.data as T;
  const answers = createAnswers({
    classes: 3,
    labels: data<Int32Array>("label"),
    predicted: data<Int32Array>("predicted"),
    probabilities: data<Float32Array>("probabilities"),
  });
  const two = topKAccuracy.compute(answers, { topK: 2 });
  assert.deepEqual([metrics.topK, metrics.scores.topKAccuracy], [2, two]);
  assert.ok(metrics.scores.accuracy! < two && two < 1);
  const { low, high } = metrics.intervals.topKAccuracy;
  assert.ok(low < two && two <= high);
  assert.deepEqual(metrics.calibration.map(({ high }) => high), [0.25, 0.5, 0.75, 1]);
  assert.deepEqual(metrics.calibration[0], {
    low: 0,
    high: 0.25,
    count: 0,
    confidence: null,
    accuracy: null,
  });
  assert.equal(metrics.calibration.reduce((sum, { count }) => sum + count, 0), 60);
  await assert.rejects(
    run({}, { topK: 4 }),
    /k must be an integer from 1 to 3, the number of classes: current value is 4/,
  );
});

Deno.test("evaluate.model tells of classes against the rest, and of what is confused", async () => {
  const { metrics } = await run();
  for (const { class: i, support, counts, rocAuc, averagePrecision } of metrics.perClass) {
    assert.equal(counts.truePositives, metrics.confusion[i][i]);
    assert.equal(counts.truePositives + counts.falseNegatives, support);
    assert.equal(Object.values(counts).reduce((a, b) => a + b), 60);
    // The classes are told apart better than by chance.
    assert.ok(rocAuc! > 0.7 && rocAuc! <= 1 && averagePrecision! > support / 60);
  }
  const [{ label, predicted, count, share }] = metrics.mostConfused;
  assert.deepEqual([label, predicted, count], ["c", "b", metrics.confusion[2][1]]);
  assert.equal(share, metrics.normalizedConfusion[2][1]);
});

Deno.test("evaluate.model has no ROC AUC where a class has no test image, and says why", async () => {
  const { metrics } = await run({
    classes: ["a", "b", "c"],
    label: (label, partition) => partition === "test" && label === "c" ? "b" : label,
  });
  const { macroRocAuc, weightedRocAuc, macroAveragePrecision, weightedAveragePrecision } =
    metrics.scores;
  assert.deepEqual([macroRocAuc, weightedRocAuc, macroAveragePrecision], [null, null, null]);
  assert.ok(weightedAveragePrecision! > 0.5);
  assert.deepEqual(metrics.undefinedWhere, {
    macroRocAuc: "a class has no sample, or has them all",
    weightedRocAuc: "a class has no sample, or has them all",
    macroAveragePrecision: "a class has no sample",
  });
  assert.deepEqual(metrics.perClass.map(({ rocAuc }) => rocAuc === null), [false, false, true]);
  assert.deepEqual(metrics.normalizedConfusion[2], [0, 0, 0]);
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
