/**
 * `evaluate.importance`: what a trained model loses when dimensions are permuted.
 *
 * @module
 */
import { createCore } from "../../core/create_core.ts";
import { createEmbedder } from "../../core/features/registry.ts";
import { type FeatureGroup, groupCells, groupRuns } from "../../core/interpret/feature_groups.ts";
import { permutationImportance } from "../../core/interpret/permutation_importance.ts";
import { accuracy } from "../../core/metrics/accuracy.ts";
import { createAnswers } from "../../core/metrics/answers.ts";
import { logLoss } from "../../core/metrics/log_loss.ts";
import { stream } from "../../core/random/stream.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import type { EmbedReport } from "../../data/artifacts/embed_report.ts";
import type { HeadSummary } from "../../data/artifacts/summary.ts";
import { EMBEDDED_INPUTS, openEmbeddedSamples } from "../../data/embedded_inputs.ts";
import { readRows, rowsOf, sizesOf } from "../../data/embedded_samples.ts";
import { stringifyCsv } from "../../data/formats/csv.ts";
import { readImageSize } from "../../data/images.ts";
import { defineStep, type InputHandle } from "../../pipeline/stage.ts";
import { openPredictor } from "./predict_features.ts";
import { importanceSection } from "./section.ts";

export default defineStep({
  name: "evaluate.importance",
  module: import.meta.url,
  scope: "replicate",
  params: importanceSection,
  inputs: {
    ...EMBEDDED_INPUTS,
    weights: { format: "safetensors" },
    embedReport: { format: "json" },
    images: { format: "safetensors" },
    summary: { format: "json" },
  },
  outputs: { importance: { format: "csv" } },
  assets: () => [...coreAssets],
  resources: { memoryMiB: ({ inputMiB }) => 500 + 2 * inputMiB.embeddings, parallel: true },
  profiled: true,
  async run({ params, inputs, outputs, asset, threads, profile, progress, note, device }) {
    using samples = await openEmbeddedSamples(inputs);
    const { dimension } = samples;
    const classes = samples.classes.length;
    const rows = rowsOf(samples, "test");
    const labels = rows.map((row) => samples.labels[row]);
    const groups = await groupsOf(params, dimension, inputs);
    const random = stream(params.seed, "importance");
    const permutations = Array.from(
      { length: params.repeats },
      (_, i) => random.sub(i).permutation(rows.length),
    );

    using core = await createCore({ profile, read: asset, threads, note, onDevice: device });
    const predictor = openPredictor(
      core,
      await inputs.summary.json<HeadSummary>(),
      await inputs.weights.bytes(),
      labels,
      sizesOf(samples),
    );
    const importance = await permutationImportance({
      features: await readRows(samples, rows),
      dimension,
      groups,
      permutations,
      async score(features) {
        const answers = createAnswers({ classes, labels, ...await predictor.predict(features) });
        return { accuracy: accuracy.compute(answers), logLoss: logLoss.compute(answers) };
      },
      progress: (done, total) => progress(done, total, "groups"),
    });

    const columns = [
      "group",
      "row",
      "column",
      "dimensions",
      "repeat",
      "accuracy_drop",
      "log_loss_rise",
    ];
    const table = importance.groups.flatMap(({ group, accuracyDrops, logLossRises }) =>
      accuracyDrops.map((drop, i) => [
        group.name,
        group.place?.row ?? "",
        group.place?.column ?? "",
        group.columns.length,
        i + 1,
        drop,
        logLossRises[i],
      ])
    );
    await outputs.importance.text(await stringifyCsv(columns, table));
  },
});

async function groupsOf(
  { groups, cell }: { groups: "cells" | "dimensions" | number; cell: number },
  dimension: number,
  inputs: { embedReport: InputHandle; images: InputHandle },
): Promise<FeatureGroup[]> {
  if (groups !== "cells") return groupRuns(dimension, groups === "dimensions" ? 1 : groups);
  using images = await inputs.images.open();
  const { params } = await inputs.embedReport.json<EmbedReport>();
  const embedder = createEmbedder(params, await readImageSize(images));
  if (embedder.dimension !== dimension) {
    throw new RangeError(
      `Cannot group dimensions by cells as ${params.method} of these images has ` +
        `${embedder.dimension} of them: current number is ${dimension}`,
    );
  }
  return groupCells(embedder.cells(cell));
}
