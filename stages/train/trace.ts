/**
 * `train.trace`: the weights of every epoch of the training that was kept, for diagnostics.
 *
 * The training is run again, after everything has been chosen, and held to the weights that were
 * kept. So nothing before it knows whether a study asks for it: no key is another one, and no choice
 * can depend on what is made of these weights.
 *
 * @module
 */
import { z } from "zod";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import type { Tensor } from "../../data/formats/tensor.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import { defineStep, type OutputHandle } from "../../pipeline/stage.ts";
import fit, { FitParams, memoryOf, training } from "./fit.ts";
import { trainSection } from "./section.ts";

/** Most bytes of all epochs' weights; they are held twice, as they are gathered and as a file. */
const MOST_BYTES = 2 ** 30;

export default defineStep({
  name: "train.trace",
  module: import.meta.url,
  scope: "replicate",
  params: z.strictObject({}),
  inputs: { ...fit.inputs, weights: { format: "safetensors" }, summary: { format: "json" } },
  outputs: { epochWeights: { format: "safetensors" } },
  assets: () => [...coreAssets],
  resources: {
    memoryMiB: ({ inputMiB }) =>
      memoryOf(trainSection.parse({}), inputMiB.embeddings) + 2 * MOST_BYTES / 2 ** 20,
    parallel: true,
  },
  profiled: true,
  async run({ outputs, ...context }) {
    const { settings, bestEpoch } = await context.inputs.summary.json<TrainingSummary>();
    const params = FitParams.parse(settings);
    const tensors: Record<string, Tensor> = {};
    let bytes = 0;
    let kept: Uint8Array | undefined;
    await training.run({
      ...context,
      params,
      outputs: {
        weights: takes((written) => kept = written),
        history: takes(),
        summary: takes(),
      },
    }, async (epoch, head) => {
      for (const [name, { shape, data }] of Object.entries(await head.save())) {
        tensors[`${epoch}/${name}`] = { dtype: "F32", shape, data };
        bytes += data.byteLength;
      }
      if (bytes > MOST_BYTES) {
        throw new RangeError(
          `Cannot keep the weights of each epoch as they must be at most ${MOST_BYTES} bytes: ` +
            `${epoch} epochs have ${bytes}; ask for fewer epochs, or leave \`evaluate.curves\` out`,
        );
      }
    });
    const chosen = await context.inputs.weights.bytes();
    if (!isSame(chosen, kept!)) {
      throw new Error(
        `The training gave other weights of epoch ${bestEpoch} when it was run again: it is not the ` +
          "one that was kept",
      );
    }
    await outputs.epochWeights.bytes(encodeSafetensors(tensors));
  },
});

/** An output that nobody keeps. */
function takes(use: (bytes: Uint8Array) => void = () => {}): OutputHandle {
  const ignore = () => Promise.resolve();
  return {
    bytes: (data) => Promise.resolve(use(data)),
    text: ignore,
    json: ignore,
    file: () => takes(),
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
