import assert from "node:assert/strict";
import { createAnswers } from "../../core/metrics/answers.ts";
import { logLoss } from "../../core/metrics/log_loss.ts";
import { stream } from "../../core/random/stream.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import { readEmbeddedSamples, readRows, rowsOf } from "../../data/embedded_samples.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import type { StudyFacts } from "../../pipeline/stage.ts";
import { inMemory } from "../../testing/in_memory.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings, type SyntheticOptions } from "../../testing/synthetic_embeddings.ts";
import importance from "./importance.ts";
import model from "./model.ts";
import stage from "./stage.ts";

/** Logits that are twice the first coordinates; the others have no say. */
const WEIGHT = Float32Array.from(
  { length: 18 },
  (_, i) => i % 6 === Math.floor(i / 6) ? 2 : 0,
);

/** Embeddings that are images of 2 × 3 pixels. */
async function given(data: SyntheticOptions = {}) {
  const { testIds, ...artifacts } = await syntheticEmbeddings({ shape: [2, 3, 1], ...data });
  const weights = encodeSafetensors({
    weight: { dtype: "F32", shape: [3, 6], data: WEIGHT },
    bias: { dtype: "F32", shape: [3], data: new Float32Array(3) },
  });
  const evaluated = {
    ...artifacts,
    weights,
    summary: { json: { head: "softmax", headOptions: {} } },
  };
  const images = encodeSafetensors({
    pixels: { dtype: "U8", shape: [180, 2, 3], data: new Uint8Array(180 * 6) },
  });
  const embedReport = { json: { params: { method: "pixels" } } };
  return { testIds, artifacts, evaluated, inputs: { ...evaluated, images, embedReport } };
}

const COLUMNS = {
  group: "text",
  row: "number?",
  column: "number?",
  dimensions: "number",
  repeat: "number",
  accuracy_drop: "number",
  log_loss_rise: "number",
} as const;

async function run(params: Parameters<typeof importance.params.parse>[0], data?: SyntheticOptions) {
  const { inputs, ...rest } = await given(data);
  const result = await runStep(importance, params as never, { inputs });
  return {
    ...rest,
    result,
    rows: await parseCsv(result.text("importance"), COLUMNS, "importance"),
  };
}

Deno.test("evaluate.importance is the definition, computed by the head on the core", async () => {
  const { rows, artifacts, evaluated } = await run({ groups: "dimensions", repeats: 3, seed: 4 });
  assert.equal(rows.length, 6 * 3);
  const own = await runStep(model, { bootstrap: { samples: 100 } }, { inputs: evaluated });
  const { scores } = own.json<Metrics>("metrics");
  // Written out: the third permutation of the first dimension, with logits in binary64.
  const samples = await readEmbeddedSamples({
    embeddings: inMemory(artifacts.embeddings),
    samples: artifacts.samples,
    classes: artifacts.classes.json,
    partition: artifacts.partition,
  });
  const test = rowsOf(samples, "test");
  const labels = test.map((row) => samples.labels[row]);
  const x = await readRows(samples, test);
  const permutation = stream(4, "importance").sub(2).permutation(60);
  const moved = x.map((value, at) => at % 6 === 0 ? x[permutation[Math.floor(at / 6)] * 6] : value);
  const probabilities = new Float32Array(60 * 3);
  const predicted = labels.map((_, i) => {
    const logits = [0, 1, 2].map((j) => 2 * moved[6 * i + j]);
    const sum = logits.reduce((all, z) => all + Math.exp(z), 0);
    logits.forEach((z, j) => probabilities[3 * i + j] = Math.exp(z) / sum);
    return logits.indexOf(Math.max(...logits));
  });
  const answers = createAnswers({ classes: 3, labels, predicted, probabilities });
  const right = predicted.filter((given, i) => given === labels[i]).length;
  const row = rows.find(({ group, repeat }) => group === "dimension-0" && repeat === 3)!;
  assert.equal(row.accuracy_drop, scores.accuracy! - right / 60);
  assert.ok(Math.abs(row.log_loss_rise - (logLoss.compute(answers) - scores.logLoss!)) < 1e-6);
  assert.ok(row.log_loss_rise > 0.1);
});

Deno.test("evaluate.importance: dimensions without weight have none", async () => {
  const { rows, result } = await run({ groups: 3, repeats: 2 });
  assert.deepEqual([...new Set(rows.map(({ group }) => group))], [
    "dimensions-0-2",
    "dimensions-3-5",
  ]);
  for (const row of rows.filter(({ group }) => group === "dimensions-3-5")) {
    assert.deepEqual([row.accuracy_drop, row.log_loss_rise, row.dimensions], [0, 0, 3]);
  }
  assert.ok(rows[0].accuracy_drop > 0.3);
  assert.deepEqual(result.progress.map(({ done }) => done), [1, 2]);
});

Deno.test("evaluate.importance permutes the dimensions of a square of the image together", async () => {
  const { rows } = await run({ cell: 2, repeats: 1 });
  assert.deepEqual(
    rows.map(({ group, row, column, dimensions }) => [group, row, column, dimensions]),
    [
      ["cell-0-0", 0, 0, 4],
      ["cell-0-1", 0, 1, 2],
    ],
  );
});

Deno.test("evaluate.importance reads test embeddings alone, and gives the same bytes again", async () => {
  const first = await run({ groups: "dimensions" });
  const spoilt = await run({ groups: "dimensions" }, {
    edit(x, partition, d) {
      partition.forEach((name, i) => name !== "test" && x.fill(NaN, i * d, (i + 1) * d));
    },
  });
  assert.equal(first.rows.length, 30);
  assert.equal(spoilt.result.digest("importance"), first.result.digest("importance"));
});

Deno.test("a study asks for what explains a model by name, where its embedding allows it", () => {
  const facts = (method: string): StudyFacts => ({
    name: "s",
    study: {},
    models: [{
      name: "adam",
      replicates: [""],
      candidates: [""],
      sections: { embed: { method }, data: {} },
    }],
  });
  const steps = (section: object, method = "hog") =>
    stage.steps(stage.section.parse(section), facts(method)).map(({ step }) => step.name);
  assert.deepEqual(steps({}), ["evaluate.model", "evaluate.compare"]);
  assert.deepEqual(steps({ importance: {} })[1], "evaluate.importance");
  assert.deepEqual(steps({ importance: { groups: 8 } }, "resnet").length, 3);
  assert.throws(
    () => steps({ importance: {} }, "resnet"),
    /the embedding resnet of the model adam has no cells: expected dimensions, or a number/,
  );
  assert.deepEqual(steps({ occlusion: {}, neighbours: {} }).slice(1, 3), [
    "evaluate.occlusion",
    "evaluate.neighbours",
  ]);
  assert.deepEqual(steps({ neighbours: {} }, "resnet").length, 3);
  assert.throws(
    () => steps({ occlusion: {} }, "resnet"),
    /images cannot be embedded anew by resnet, as the model adam needs: expected one of hog, pixels/,
  );
});
