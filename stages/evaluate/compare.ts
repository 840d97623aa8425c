/**
 * `evaluate.compare`: all models of a study on their test images.
 *
 * @module
 */
import { z } from "zod";
import { createAnswers } from "../../core/metrics/answers.ts";
import type { Choice } from "../../data/artifacts/choice.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { getTensor } from "../../data/formats/tensor.ts";
import { defineStep, type InputHandle } from "../../pipeline/stage.ts";
import { compareModels } from "./compare_models.ts";
import type { EvaluatedModel, EvaluatedReplicate } from "./evaluated.ts";
import { bootstrapSection, settingsSection } from "./section.ts";

export default defineStep({
  name: "evaluate.compare",
  module: import.meta.url,
  scope: "study",
  params: z.strictObject({
    models: z.array(z.strictObject({ name: z.string(), replicates: z.array(z.string()).min(1) }))
      .min(1),
    bootstrap: bootstrapSection,
    alpha: z.number().gt(0).max(0.5),
    power: z.number().gt(0).lt(1),
    topK: settingsSection.shape.topK,
  }),
  inputs: {
    predictions: { format: "csv", many: true },
    probabilities: { format: "safetensors", many: true },
    metrics: { format: "json", many: true },
    choice: { format: "json", many: true, optional: true },
  },
  outputs: { comparison: { format: "json" } },
  resources: { memoryMiB: 400 },
  async run({ params, inputs, outputs, progress }) {
    const models: EvaluatedModel[] = [];
    for (const { name, replicates } of params.models) {
      const choice = inputs.choice.find(({ label }) => label.model === name);
      const tries = (await choice?.json<Choice>())?.candidates.length ?? 1;
      const evaluated: EvaluatedReplicate[] = [];
      for (const label of replicates) {
        const at = (port: string, handles: readonly InputHandle[]) =>
          find(port, handles, name, label);
        evaluated.push(
          await readReplicate(label, {
            predictions: at("predictions", inputs.predictions),
            probabilities: at("probabilities", inputs.probabilities),
            metrics: at("metrics", inputs.metrics),
          }),
        );
      }
      models.push({ name, tries, replicates: evaluated });
    }
    const { bootstrap, alpha, power, topK } = params;
    const comparison = await compareModels(models, {
      bootstrap: { ...bootstrap, progress: (done, total) => progress(done, total, "resamples") },
      alpha,
      power,
      settings: { topK },
    });
    await outputs.comparison.json(comparison);
  },
});

function find(
  port: string,
  handles: readonly InputHandle[],
  model: string,
  replicate: string,
): InputHandle {
  const found = handles.find(({ label }) => label.model === model && label.replicate === replicate);
  if (found === undefined) {
    const labels = handles.map(({ label }) => `${label.model} ${label.replicate}`.trim());
    throw new RangeError(
      `Cannot compare models as there is no ${port} of ${`${model} ${replicate}`.trim()}: ` +
        `found ${labels.join(", ")}`,
    );
  }
  return found;
}

async function readReplicate(
  label: string,
  inputs: Record<"predictions" | "probabilities" | "metrics", InputHandle>,
): Promise<EvaluatedReplicate> {
  const rows = await parseCsv(await inputs.predictions.text(), { id: "text" }, "predictions");
  const tensors = decodeSafetensors(await inputs.probabilities.bytes(), "probabilities");
  const n = rows.length;
  const metrics = await inputs.metrics.json<Metrics>();
  const classes = metrics.perClass.length;
  const classesOnly = metrics.source?.probabilities === false;
  const answers = createAnswers({
    classes,
    labels: getTensor(tensors, "label", "I32", [n]).data,
    predicted: getTensor(tensors, "predicted", "I32", [n]).data,
    probabilities: classesOnly
      ? new Float32Array(n * classes)
      : getTensor(tensors, "probabilities", "F32", [n, classes]).data,
    classesOnly,
  });
  return { label, ids: rows.map(({ id }) => id), answers, metrics };
}
