import type { z } from "zod";
import { createAnswers } from "../../core/metrics/answers.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import { stringifyCsv } from "../../data/formats/csv.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import type { OutputHandle, StepContext } from "../../pipeline/stage.ts";
import { scoreModel } from "./score_model.ts";
import { bootstrapSection, settingsSection } from "./section.ts";
import { shortestFloat32 } from "./shortest_float32.ts";

/** Params of every step that evaluates a model. */
export const scoringParams = settingsSection.extend({ bootstrap: bootstrapSection });

/** Outputs of every step that evaluates a model. */
export const EVALUATION_OUTPUTS = {
  predictions: { format: "csv" },
  probabilities: { format: "safetensors" },
  metrics: { format: "json" },
} as const;

/** A model's answers on the test images, in order. */
export interface TestAnswers {
  ids: readonly string[];
  /** Names of the classes. */
  classes: readonly string[];
  labels: Int32Array<ArrayBuffer>;
  predicted: Int32Array<ArrayBuffer>;
  /** `[n, k]`; missing where the model gave classes alone. */
  probabilities?: Float32Array<ArrayBuffer>;
}

/** What of a step's context is used here. */
interface EvaluationContext {
  params: z.output<typeof scoringParams>;
  outputs: Record<keyof typeof EVALUATION_OUTPUTS, OutputHandle>;
  progress: StepContext["progress"];
}

/** Scores a model's answers, and writes them and their scores. */
export async function writeEvaluation(
  { params: { bootstrap, ...settings }, outputs, progress }: EvaluationContext,
  { ids, classes, labels, predicted, probabilities }: TestAnswers,
  origin: Pick<Metrics, "training" | "source">,
): Promise<void> {
  const k = classes.length;
  const n = ids.length;
  const at = (row: number, index: number) =>
    probabilities === undefined ? null : shortestFloat32(probabilities[row * k + index]);
  const table = ids.map((id, i) => [
    id,
    classes[labels[i]],
    classes[predicted[i]],
    at(i, predicted[i]),
    at(i, labels[i]),
  ]);
  const columns = ["id", "label", "predicted", "probability_predicted", "probability_label"];
  await outputs.predictions.text(await stringifyCsv(columns, table));
  await outputs.probabilities.bytes(encodeSafetensors({
    ...(probabilities && {
      probabilities: { dtype: "F32", shape: [n, k], data: probabilities },
    }),
    label: { dtype: "I32", shape: [n], data: labels },
    predicted: { dtype: "I32", shape: [n], data: predicted },
  }));
  const answers = createAnswers({
    classes: k,
    labels,
    predicted,
    probabilities: probabilities ?? new Float32Array(n * k),
    classesOnly: probabilities === undefined,
  });
  const metrics = await scoreModel(answers, {
    classes,
    bootstrap,
    settings,
    progress: (done, total) => progress(done, total, "resamples"),
  });
  await outputs.metrics.json({ ...metrics, ...origin });
}
