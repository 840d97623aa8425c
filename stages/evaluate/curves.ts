/**
 * `evaluate.curves`: loss and accuracy on the test images after each epoch of a training. A
 * diagnostic: it comes after every choice, and no step but the note reads it.
 *
 * @module
 */
import { z } from "zod";
import { createCore } from "../../core/create_core.ts";
import type { Parameters } from "../../core/nn/head.ts";
import { createHead, type HeadDescription } from "../../core/nn/registry.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { EMBEDDED_INPUTS, openEmbeddedSamples } from "../../data/embedded_inputs.ts";
import { rowsOf, sizesOf, uploadRows } from "../../data/embedded_samples.ts";
import { stringifyCsv } from "../../data/formats/csv.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { getTensor } from "../../data/formats/tensor.ts";
import { defineStep } from "../../pipeline/stage.ts";

export default defineStep({
  name: "evaluate.curves",
  module: import.meta.url,
  scope: "replicate",
  params: z.strictObject({}),
  inputs: {
    epochWeights: { format: "safetensors" },
    ...EMBEDDED_INPUTS,
    summary: { format: "json" },
  },
  outputs: { testCurves: { format: "csv" } },
  assets: () => [...coreAssets],
  resources: {
    memoryMiB: ({ inputMiB }) => 300 + inputMiB.embeddings + inputMiB.epochWeights,
    parallel: true,
  },
  profiled: true,
  async run({ inputs, outputs, asset, threads, profile, progress, note, device }) {
    using samples = await openEmbeddedSamples(inputs);
    const training = await inputs.summary.json<TrainingSummary>();
    const epochs = readEpochs(await inputs.epochWeights.bytes());
    using core = await createCore({ profile, read: asset, threads, note, onDevice: device });
    const description = { name: training.head, ...training.headOptions } as HeadDescription;
    const head = createHead(core, description, sizesOf(samples));
    const test = await uploadRows(core, samples, rowsOf(samples, "test"));
    const rows: (string | number)[][] = [];
    for (const [i, parameters] of epochs.entries()) {
      head.load(parameters);
      const { loss, accuracy } = await head.evaluate(test);
      rows.push([i + 1, loss, accuracy]);
      await progress(i + 1, epochs.length, "epochs");
    }
    await outputs.testCurves.text(
      await stringifyCsv(["epoch", "test_loss", "test_accuracy"], rows),
    );
  },
});

/** The parameters of each epoch, the first one first. */
function readEpochs(bytes: Uint8Array<ArrayBuffer>): Parameters[] {
  const tensors = decodeSafetensors(bytes, "epochWeights");
  const epochs: Parameters[] = [];
  for (const [name, { shape }] of tensors) {
    const [epoch, ...parameter] = name.split("/");
    const { data } = getTensor(tensors, name, "F32", shape);
    (epochs[Number(epoch) - 1] ??= {})[parameter.join("/")] = { shape, data };
  }
  return epochs;
}
