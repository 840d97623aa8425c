/**
 * `evaluate.model`: one trained model on the test images.
 *
 * @module
 */
import { createAnswers } from "../../core/metrics/answers.ts";
import { createHead, type HeadDescription } from "../../core/nn/registry.ts";
import { createCore } from "../../core/create_core.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { readEmbeddedSamples, rowsOf, sizesOf, streamRows } from "../../data/embedded_samples.ts";
import { stringifyCsv } from "../../data/formats/csv.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import { readWeights } from "../../data/weights.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { scoreModel } from "./score_model.ts";
import { bootstrapSection, settingsSection } from "./section.ts";
import { shortestFloat32 } from "./shortest_float32.ts";

/** Bytes of test embeddings that are held at once; answers do not depend on it. */
const WINDOW = 64 << 20;

export default defineStep({
  name: "evaluate.model",
  module: import.meta.url,
  scope: "replicate",
  params: settingsSection.extend({ bootstrap: bootstrapSection }),
  inputs: {
    weights: { format: "safetensors" },
    embeddings: { format: "safetensors" },
    samples: { format: "csv" },
    classes: { format: "json" },
    partition: { format: "csv" },
    summary: { format: "json" },
  },
  outputs: {
    predictions: { format: "csv" },
    probabilities: { format: "safetensors" },
    metrics: { format: "json" },
  },
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

    const k = classes.length;
    const table = Array.from(rows, (row, i) => [
      samples.ids[row],
      classes[labels[i]],
      classes[predicted[i]],
      shortestFloat32(probabilities[i * k + predicted[i]]),
      shortestFloat32(probabilities[i * k + labels[i]]),
    ]);
    const columns = ["id", "label", "predicted", "probability_predicted", "probability_label"];
    await outputs.predictions.text(await stringifyCsv(columns, table));
    await outputs.probabilities.bytes(encodeSafetensors({
      probabilities: { dtype: "F32", shape: [rows.length, k], data: probabilities },
      label: { dtype: "I32", shape: [rows.length], data: labels },
      predicted: { dtype: "I32", shape: [rows.length], data: predicted },
    }));
    const answers = createAnswers({ classes: k, labels, predicted, probabilities });
    const { bootstrap, ...settings } = params;
    const metrics = await scoreModel(answers, {
      classes,
      bootstrap,
      settings,
      progress: (done, total) => progress(done, total, "resamples"),
    });
    await outputs.metrics.json({ ...metrics, training });
  },
});
