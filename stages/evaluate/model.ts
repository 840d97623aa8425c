/**
 * `evaluate.model`: one trained model on the test images.
 *
 * @module
 */
import { createCore } from "../../core/create_core.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import type { HeadSummary } from "../../data/artifacts/summary.ts";
import { EMBEDDED_INPUTS, openEmbeddedSamples } from "../../data/embedded_inputs.ts";
import { rowsOf } from "../../data/embedded_samples.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { answer } from "./answer.ts";
import { EVALUATION_OUTPUTS, scoringParams, writeEvaluation } from "./write_evaluation.ts";

export default defineStep({
  name: "evaluate.model",
  module: import.meta.url,
  scope: "replicate",
  params: scoringParams,
  inputs: {
    weights: { format: "safetensors" },
    ...EMBEDDED_INPUTS,
    summary: { format: "json" },
  },
  outputs: EVALUATION_OUTPUTS,
  assets: () => [...coreAssets],
  resources: { memoryMiB: ({ inputMiB }) => 300 + inputMiB.embeddings, parallel: true },
  profiled: true,
  async run({ params, inputs, outputs, asset, threads, profile, progress, note, device }) {
    using samples = await openEmbeddedSamples(inputs);
    const { classes } = samples;
    const training = await inputs.summary.json<HeadSummary>();
    const rows = rowsOf(samples, "test");
    using core = await createCore({ profile, read: asset, threads, note, onDevice: device });
    const weights = decodeSafetensors(await inputs.weights.bytes(), "weights");
    const { probabilities, predicted } = await answer(core, training, weights, samples, rows);
    const labels = rows.map((row) => samples.labels[row]);

    await writeEvaluation(
      { params, outputs, progress },
      {
        ids: Array.from(rows, (row) => samples.ids[row]),
        classes,
        labels,
        predicted,
        probabilities,
      },
      { training },
    );
  },
});
