/**
 * `evaluate.validation`: the log loss of each class on the validation images, so that what a study
 * sweeps can be looked at class by class without the test images.
 *
 * @module
 */
import { z } from "zod";
import { createCore } from "../../core/create_core.ts";
import { createAnswers } from "../../core/metrics/answers.ts";
import { logLossOfClasses } from "../../core/metrics/log_loss.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import type { HeadSummary } from "../../data/artifacts/summary.ts";
import { EMBEDDED_INPUTS, openEmbeddedSamples } from "../../data/embedded_inputs.ts";
import { rowsOf } from "../../data/embedded_samples.ts";
import { stringifyCsv } from "../../data/formats/csv.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { answer } from "./answer.ts";

export default defineStep({
  name: "evaluate.validation",
  module: import.meta.url,
  scope: "replicate",
  params: z.strictObject({}),
  inputs: {
    weights: { format: "safetensors" },
    ...EMBEDDED_INPUTS,
    summary: { format: "json" },
  },
  outputs: { validationLosses: { format: "csv" } },
  assets: () => [...coreAssets],
  resources: { memoryMiB: ({ inputMiB }) => 300 + inputMiB.embeddings, parallel: true },
  profiled: true,
  async run({ inputs, outputs, asset, threads, profile, note, device }) {
    using samples = await openEmbeddedSamples(inputs);
    const rows = rowsOf(samples, "validation");
    const labels = rows.map((row) => samples.labels[row]);
    const summary = await inputs.summary.json<HeadSummary>();
    using core = await createCore({ profile, read: asset, threads, note, onDevice: device });
    const weights = decodeSafetensors(await inputs.weights.bytes(), "weights");
    const { probabilities, predicted } = await answer(core, summary, weights, samples, rows);
    const classes = samples.classes.length;
    const answers = createAnswers({ classes, labels, predicted, probabilities });
    const losses = logLossOfClasses(answers);
    await outputs.validationLosses.text(
      await stringifyCsv(
        ["class", "images", "log_loss"],
        samples.classes.map((name, i) => [
          name,
          answers.classScores[i].support,
          Number.isNaN(losses[i]) ? null : losses[i],
        ]),
      ),
    );
  },
});
