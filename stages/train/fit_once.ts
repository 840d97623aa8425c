/**
 * `train.fitOnce`: a head that is fitted to the training images in one go, without epochs and
 * without an optimiser. It reads no row of the test partition.
 *
 * @module
 */
import { z } from "zod";
import { fitArrays, fittedAssets } from "../../core/fitted/fit.ts";
import { loadFitted } from "../../core/fitted/load.ts";
import { createAnswers } from "../../core/metrics/answers.ts";
import { accuracy } from "../../core/metrics/accuracy.ts";
import { logLoss } from "../../core/metrics/log_loss.ts";
import { coreAssets, createWasmCore } from "../../core/wasm/core.ts";
import type { FittedSummary } from "../../data/artifacts/summary.ts";
import { EMBEDDED_INPUTS, openEmbeddedSamples } from "../../data/embedded_inputs.ts";
import { loadRows, rowsOf } from "../../data/embedded_samples.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { fittedParams } from "./fitted_head.ts";
import { stringifyHistory } from "./history.ts";

/** A fit, all values resolved. */
export const FitOnceParams = z.strictObject({
  head: fittedParams,
  /** Of a head that draws random numbers; `null` for any other, so that it is fitted once. */
  seed: z.int().min(0).nullable(),
  residentLimit: z.int().min(0),
});

const MIB = 1 << 20;

export default defineStep({
  name: "train.fitOnce",
  module: import.meta.url,
  scope: "try",
  params: FitOnceParams,
  inputs: EMBEDDED_INPUTS,
  outputs: {
    weights: { format: "safetensors" },
    history: { format: "csv" },
    summary: { format: "json" },
  },
  assets: () => [...coreAssets, ...fittedAssets],
  resources: { memoryMiB: ({ inputMiB }) => 300 + 2 * inputMiB.embeddings, parallel: true },
  async run({ params, inputs, outputs, asset, threads, progress }) {
    using samples = await openEmbeddedSamples(inputs);
    const { name, ...headOptions } = params.head;
    const rows = rowsOf(samples, "train");
    const size = rows.length * samples.dimension * 4;
    if (size > params.residentLimit * MIB) {
      throw new RangeError(
        `Cannot fit ${name} as it needs all ${rows.length} training embeddings in memory, and ` +
          `residentLimit must be at least ${Math.ceil(size / MIB)}: current value is ` +
          `${params.residentLimit}`,
      );
    }
    const train = await loadRows(samples, rows);
    const { arrays, outOfBag } = await fitArrays(params.head, train, {
      seed: params.seed ?? 0,
      read: asset,
      progress,
    });
    using core = await createWasmCore({ read: asset, threads });
    const head = loadFitted(core, params.head, arrays, train);
    const validation = await loadRows(samples, rowsOf(samples, "validation"));
    const { labels, classes } = validation;
    const prediction = await head.predict(validation.x, labels.length);
    const answers = createAnswers({ classes, labels, ...prediction });
    const numbers = Object.values(arrays).map(({ data }) => data.length);
    const summary: FittedSummary = {
      fitted: true,
      head: name,
      headOptions,
      seed: params.seed,
      best: {
        validationLoss: logLoss.compute(answers, {}),
        validationAccuracy: accuracy.compute(answers, {}),
      },
      outOfBag,
      images: rows.length,
      parameters: numbers.reduce((sum, count) => sum + count, 0),
    };
    await outputs.weights.bytes(encodeSafetensors(arrays));
    await outputs.history.text(await stringifyHistory([]));
    await outputs.summary.json(summary);
  },
});
