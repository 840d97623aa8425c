/**
 * `augment.apply`: adds changed copies of training images.
 *
 * @module
 */
import { stream } from "../../core/random/stream.ts";
import { allocateSafetensors } from "../../data/formats/safetensors.ts";
import { readImages } from "../../data/images.ts";
import { parsePartition, stringifyPartition } from "../../data/partition.ts";
import { parseSamples, stringifySamples } from "../../data/samples.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { askedFor, change, isEqual } from "./change.ts";
import { AugmentParams } from "./params.ts";

/** What a note tells about augmentation: the `augmentReport` port. */
export interface AugmentReport {
  copies: number;
  seed: number;
  /** Each transformation in the order in which they are made, with its range. */
  transforms: { name: string; range: unknown }[];
  /** Images before and after, and of the latter the copies by partition. */
  images: { before: number; after: number };
  added: { train: number; validation: number };
  /** Copies that no draw could tell from their image. */
  unchanged: number;
}

const BETWEEN_PROGRESS = 500;

export default defineStep({
  name: "augment.apply",
  module: import.meta.url,
  scope: "replicate",
  params: AugmentParams,
  inputs: {
    images: { format: "safetensors" },
    samples: { format: "csv" },
    partition: { format: "csv" },
  },
  outputs: {
    images: { format: "safetensors" },
    samples: { format: "csv" },
    partition: { format: "csv" },
    augmentReport: { format: "json" },
  },
  resources: { memoryMiB: 600 },
  async run({ params, inputs, outputs, progress }) {
    const { count, pixels, ...layout } = readImages(await inputs.images.bytes());
    const samples = await parseSamples(await inputs.samples.text());
    const partition = await parsePartition(
      await inputs.partition.text(),
      samples.map(({ id }) => id),
    );
    if (count !== samples.length) {
      throw new RangeError(
        `Cannot augment images as there must be one for each of ${samples.length} samples: ` +
          `current number is ${count}`,
      );
    }
    const chosen = partition.keys()
      .filter((i) => partition[i] === "train" || (params.validation && partition[i] !== "test"))
      .toArray();
    const added = { train: 0, validation: 0 };
    const after = count + chosen.length * params.copies;
    const { height, width, channels } = layout;
    const size = height * width * channels;
    const shape = channels === 1 ? [after, height, width] : [after, height, width, channels];
    const { bytes, tensors } = allocateSafetensors({ pixels: { dtype: "U8", shape } });
    tensors.pixels.data.set(pixels);
    const random = stream(params.seed, "augment");
    let unchanged = 0;
    for (const [done, i] of chosen.entries()) {
      const { id, ...sample } = samples[i]!;
      const part = partition[i]!;
      const image = { ...layout, pixels: pixels.subarray(i * size, (i + 1) * size) };
      for (let copy = 1; copy <= params.copies; copy++) {
        const changed = change(image, params, random.sub(i).sub(copy));
        if (isEqual(changed, image.pixels)) unchanged++;
        tensors.pixels.data.set(changed, samples.length * size);
        samples.push({ ...sample, id: `${id}#${copy}` });
        partition.push(part);
        added[part as keyof typeof added]++;
      }
      if ((done + 1) % BETWEEN_PROGRESS === 0 || done + 1 === chosen.length) {
        await progress(done + 1, chosen.length, "images");
      }
    }
    await outputs.images.bytes(bytes);
    await outputs.samples.text(await stringifySamples(samples));
    await outputs.partition.text(
      await stringifyPartition(samples.map(({ id }) => id), partition),
    );
    const report: AugmentReport = {
      copies: params.copies,
      seed: params.seed,
      transforms: askedFor(params).map(({ transform: { name }, range }) => ({ name, range })),
      images: { before: count, after },
      added,
      unchanged,
    };
    await outputs.augmentReport.json(report);
  },
});
