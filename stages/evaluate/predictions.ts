/**
 * `evaluate.predictions`: predictions of the test images that come from elsewhere, out of a file of
 * the study's folder.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { parsePartition } from "../../data/partition.ts";
import { parseSamples } from "../../data/samples.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { readPredictions } from "./read_predictions.ts";
import { EVALUATION_OUTPUTS, scoringParams, writeEvaluation } from "./write_evaluation.ts";

export default defineStep({
  name: "evaluate.predictions",
  module: import.meta.url,
  scope: "replicate",
  params: scoringParams.extend({
    /** Name of the study's folder. */
    study: z.string(),
    /** Path within it. */
    file: z.string(),
    /** Whether the test images are those of a fold, and the file has those of other folds too. */
    folds: z.boolean().default(false),
  }),
  inputs: {
    samples: { format: "csv" },
    classes: { format: "json" },
    partition: { format: "csv" },
  },
  outputs: EVALUATION_OUTPUTS,
  assets: ({ study, file }) => [fileUrl(study, file)],
  resources: { memoryMiB: 400 },
  async run({ params: { study, file, folds, ...params }, inputs, outputs, asset, progress }) {
    const samples = await parseSamples(await inputs.samples.text());
    const all = samples.map(({ id }) => id);
    const partition = await parsePartition(await inputs.partition.text(), all);
    const test = samples.filter((_, i) => partition[i] === "test");
    const { names: classes } = await inputs.classes.json<{ names: string[] }>();
    const ids = test.map(({ id }) => id);
    const labels = Int32Array.from(test, ({ label }) => classes.indexOf(label));
    const bytes = await asset(fileUrl(study, file));
    const given = await readPredictions(decode(bytes, file), {
      name: file,
      classes,
      ids,
      labels,
      ...(folds ? { others: new Set(all) } : {}),
    });
    const source = {
      file,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      probabilities: given.probabilities !== undefined,
    };
    await writeEvaluation(
      { params, outputs, progress },
      { ids, classes, labels, ...given },
      { training: null, source },
    );
  },
});

/** A study's folder stands below `reports/`, whatever it is called. */
function fileUrl(study: string, file: string): URL {
  const path = [study, ...file.split("/")].map(encodeURIComponent).join("/");
  return new URL(`../../reports/${path}`, import.meta.url);
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SyntaxError(`Cannot read ${file} as it is not UTF-8: save it as UTF-8`);
  }
}
