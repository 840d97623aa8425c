/**
 * `train.fit`: one training of a head on embeddings. It reads no row of the test partition.
 *
 * @module
 */
import { z } from "zod";
import type { Head } from "../../core/nn/head.ts";
import { createHead } from "../../core/nn/registry.ts";
import { type MethodName, METHODS, takesAll } from "../../core/optim/methods.ts";
import { createCore } from "../../core/create_core.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import { EMBEDDED_INPUTS, openEmbeddedSamples } from "../../data/embedded_inputs.ts";
import { rowsOf, sizesOf, streamRows, uploadRows } from "../../data/embedded_samples.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import type { Tensor } from "../../data/formats/tensor.ts";
import type { Partition } from "../../data/partition.ts";
import {
  defineStep,
  type InputPort,
  type OutputPort,
  type StepContext,
} from "../../pipeline/stage.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { fitHead } from "./fit_head.ts";
import { headParams } from "./head.ts";
import { stringifyHistory } from "./history.ts";
import { NO_REGULARIZATION, regularizationParams, regularize } from "./regularization.ts";
import { scheduleParams } from "./schedule.ts";
import { INITIALIZATION_NAMES } from "./section.ts";

/** A training, all values resolved. */
export const FitParams = z.strictObject({
  head: headParams,
  optimizer: z.enum(Object.keys(METHODS) as [MethodName, ...MethodName[]]),
  hyperparameters: z.record(z.string(), z.number()),
  schedule: scheduleParams,
  initialization: z.enum(INITIALIZATION_NAMES),
  seed: z.int().min(0),
  batchSize: z.int().min(1),
  epochs: z.int().min(1),
  patience: z.int().min(1),
  minDelta: z.number().min(0),
  monitor: z.enum(["validationLoss", "validationAccuracy"]),
  residentLimit: z.int().min(0),
  shuffleWindow: z.int().min(1),
  regularization: regularizationParams.default(NO_REGULARIZATION),
  history: z.enum(["brief", "full"]).default("brief"),
  keep: z.enum(["best", "last"]).default("best"),
});

const MIB = 1 << 20;

export default defineStep({
  name: "train.fit",
  module: import.meta.url,
  scope: "try",
  params: FitParams,
  inputs: EMBEDDED_INPUTS,
  outputs: {
    weights: { format: "safetensors" },
    history: { format: "csv" },
    summary: { format: "json" },
  },
  assets: () => [...coreAssets],
  resources: {
    memoryMiB: ({ params, inputMiB }) => memoryOf(params, inputMiB.embeddings),
    parallel: true,
  },
  profiled: true,
  checkpointed: true,
  run: (context) => training.run(context),
});

/** MiB of a process with its core, a head with its gradients and states, and what is read ahead. */
const BESIDES = 300;

/** What a training takes at its peak in MiB: embeddings as a whole, or two windows of them. */
export function memoryOf(
  { residentLimit, shuffleWindow }: Pick<
    z.output<typeof FitParams>,
    "residentLimit" | "shuffleWindow"
  >,
  embeddingsMiB: number,
): number {
  return BESIDES + (embeddingsMiB <= residentLimit ? embeddingsMiB : 2 * shuffleWindow);
}

type FitInput = "embeddings" | "samples" | "classes" | "partition";
type FitOutput = "weights" | "history" | "summary";

/** What a training is given. */
export type FitContext = StepContext<
  z.output<typeof FitParams>,
  Record<FitInput, InputPort>,
  Record<FitOutput, OutputPort>
>;

/** The training itself, for steps that look at it epoch by epoch. */
export const training = {
  /** @param afterEpoch Called with the number of each epoch, from 1, and the head as it is then. */
  async run(
    context: FitContext,
    afterEpoch?: (epoch: number, head: Head) => Promise<void>,
  ): Promise<void> {
    const { params, inputs, outputs, asset, threads, profile, progress, note, device } = context;
    // Who looks at every epoch wants those too that an earlier process had seen.
    const checkpoint = afterEpoch ? undefined : context.checkpoint;
    using samples = await openEmbeddedSamples(inputs);
    if (params.head.name === "cnn" && samples.shape === undefined) {
      throw new RangeError(
        "Cannot train head cnn on these embeddings as they are not pixels: write `embed: pixels`, or " +
          "take another head",
      );
    }
    using core = await createCore({ profile, read: asset, threads, note, onDevice: device });
    const head = createHead(core, params.head, sizesOf(samples));
    const { source: { rows, dimension } } = samples;
    const isResident = rows * dimension * 4 <= params.residentLimit * MIB;
    const take = (partition: Partition) => {
      const rows = rowsOf(samples, partition);
      return isResident
        ? uploadRows(core, samples, rows)
        : streamRows(samples, rows, params.shuffleWindow * MIB);
    };
    const trainRows = rowsOf(samples, "train");
    const counts = samples.classes.map(() => 0);
    for (const row of trainRows) counts[samples.labels[row]]++;
    if (takesAll(params.optimizer) && !isResident) {
      throw new RangeError(
        `Cannot train by ${params.optimizer} as its steps take all training images at once, and these ` +
          `embeddings are read in windows: raise train.residentLimit, or take another optimizer`,
      );
    }
    const resumed = checkpoint && await readCheckpoint(checkpoint);
    if (resumed) note(`goes on from its checkpoint, after epoch ${resumed.history.length}`);
    const { parameters, history, summary } = await fitHead(
      head,
      await take("train"),
      await take("validation"),
      {
        ...params,
        ...regularize(
          params.regularization,
          samples.classes,
          counts,
          params.hyperparameters.weightDecay ?? 0,
        ),
        mixUp: params.regularization.mixUp,
        classes: samples.classes,
      },
      {
        resumed,
        async afterEpoch(epoch, state) {
          await afterEpoch?.(epoch, head);
          if (state && checkpoint?.isDue()) await writeCheckpoint(checkpoint, await state());
          await progress(epoch, params.epochs, "epochs");
        },
      },
    );
    if (summary.diverged) {
      const { epoch, step } = summary.diverged;
      note(`training diverged in epoch ${epoch}, step ${step}: a smaller learning rate may help`);
    }
    const tensors = Object.fromEntries(
      Object.entries(parameters).map(([name, { shape, data }]): [string, Tensor] => [
        name,
        { dtype: "F32", shape, data },
      ]),
    );
    await outputs.weights.bytes(encodeSafetensors(tensors));
    await outputs.history.text(await stringifyHistory(history));
    await outputs.summary.json({
      ...summary,
      regularization: params.regularization,
      keep: params.keep,
      settings: params,
    });
  },
};
