/**
 * `evaluate.model`: one trained model on the test images.
 *
 * @module
 */
import { createHead, type HeadDescription } from "../../core/nn/registry.ts";
import { createCore } from "../../core/create_core.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { readEmbeddedSamples, rowsOf, sizesOf, streamRows } from "../../data/embedded_samples.ts";
import { readWeights } from "../../data/weights.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { EVALUATION_OUTPUTS, scoringParams, writeEvaluation } from "./write_evaluation.ts";

/** Bytes of test embeddings that are held at once; answers do not depend on it. */
const WINDOW = 64 << 20;

export default defineStep({
  name: "evaluate.model",
  module: import.meta.url,
  scope: "replicate",
  params: scoringParams,
  inputs: {
    weights: { format: "safetensors" },
    embeddings: { format: "safetensors" },
    samples: { format: "csv" },
    classes: { format: "json" },
    partition: { format: "csv" },
    summary: { format: "json" },
  },
  outputs: EVALUATION_OUTPUTS,
  assets: () => [...coreAssets],
  resources: { memoryMiB: 700, parallel: true },
  profiled: true,
  async run({ params, inputs, outputs, asset, threads, profile, progress, note, device }) {
    using embeddings = await inputs.embeddings.open();
    const samples = await readEmbeddedSamples({
      embeddings,
      samples: await inputs.samples.text(),
      classes: await inputs.classes.json(),
      partition: await inputs.partition.text(),
    });
    const { classes } = samples;
    const training = await inputs.summary.json<TrainingSummary>();
    const rows = rowsOf(samples, "test");
    using core = await createCore({ profile, read: asset, threads, note, onDevice: device });
    const description = { name: training.head, ...training.headOptions } as HeadDescription;
    const head = createHead(core, description, sizesOf(samples));
    head.load(readWeights(await inputs.weights.bytes()));
    const { probabilities, predicted } = await head.predict(streamRows(samples, rows, WINDOW));
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
