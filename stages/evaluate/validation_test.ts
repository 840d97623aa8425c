import assert from "node:assert/strict";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import { parsePartition, stringifyPartition } from "../../data/partition.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings, type SyntheticOptions } from "../../testing/synthetic_embeddings.ts";
import model from "./model.ts";
import stage from "./stage.ts";
import validation from "./validation.ts";

async function given(options: SyntheticOptions = {}) {
  const { testIds: _, ...artifacts } = await syntheticEmbeddings(options);
  const weights = encodeSafetensors({
    weight: {
      dtype: "F32",
      shape: [3, 6],
      data: Float32Array.from({ length: 18 }, (_, i) => i % 6 === Math.floor(i / 6) ? 2 : 0),
    },
    bias: { dtype: "F32", shape: [3], data: new Float32Array(3) },
  });
  return { ...artifacts, weights, summary: { json: { head: "softmax", headOptions: {} } } };
}

Deno.test("evaluate.validation gives what evaluate.model would, were they test images", async () => {
  const inputs = await given();
  const own = await runStep(validation, {}, { inputs });
  const rows = await parseCsv(own.text("validationLosses"), {
    class: "text",
    images: "number",
    log_loss: "number?",
  });
  const ids = inputs.partition.trim().split("\n").slice(1).map((row) => row.split(",")[0]);
  const parts = await parsePartition(inputs.partition, ids);
  const swapped = parts.map((part) =>
    part === "validation" ? "test" : part === "test" ? "validation" : part
  );
  const tested = await runStep(model, { bootstrap: { samples: 100 } }, {
    inputs: { ...inputs, partition: await stringifyPartition(ids, swapped) },
  });
  const { perClass } = tested.json<Metrics>("metrics");
  assert.deepEqual(
    rows.map((row) => [row.class, row.images, row.log_loss]),
    perClass.map(({ name, support, logLoss }) => [name, support, logLoss]),
  );
});

Deno.test("evaluate.validation reads validation embeddings alone, and has no loss of no image", async () => {
  const clean = await runStep(validation, {}, { inputs: await given() });
  const inputs = await given({
    edit(x, partition, d) {
      partition.forEach((name, i) => name !== "validation" && x.fill(NaN, i * d, (i + 1) * d));
    },
  });
  const spoilt = await runStep(validation, {}, { inputs });
  assert.equal(spoilt.digest("validationLosses"), clean.digest("validationLosses"));
  const without = await given({ label: (label, part) => part === "validation" ? "a" : label });
  const text = (await runStep(validation, {}, { inputs: without })).text("validationLosses");
  assert.match(text, /^a,60,\d\.\d+\nb,0,\nc,0,$/m);
});

Deno.test("a study asks for losses on validation by name", () => {
  const facts = { name: "s", study: {}, models: [] };
  const names = (section: object) =>
    stage.steps(stage.section.parse(section), facts).map(({ step }) => step.name);
  assert.deepEqual(names({ validation: true }), [
    "evaluate.model",
    "evaluate.validation",
    "evaluate.compare",
  ]);
  assert.ok(!names({}).includes("evaluate.validation"));
});
