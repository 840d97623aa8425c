/**
 * `data.idx`: a published data set in the IDX format, from a mirror folder or the network.
 *
 * @module
 */
import { z } from "zod";
import { stream } from "../../core/random/stream.ts";
import { stringifyCsv } from "../../data/formats/csv.ts";
import { readIdx } from "../../data/formats/idx.ts";
import { allocateSafetensors } from "../../data/formats/safetensors.ts";
import { findSource, type Source, type SourceFile, SOURCES } from "../../data/sources.ts";
import { chooseSubset } from "../../data/subset.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { DATASET_OUTPUTS, writeDataset } from "./write_dataset.ts";

/** Names of the sources in this format. */
export const IDX_SOURCES: readonly string[] = SOURCES
  .filter(({ reader }) => reader === "idx").map(({ name }) => name);

/** The section's form for these sources. */
export const IdxParams = z.strictObject({
  source: z.enum(IDX_SOURCES).describe("A published data set, by name."),
  limit: z.strictObject({
    train: z.int().positive().optional().describe("Of the published training set."),
    test: z.int().positive().optional().describe("Of the published test set."),
  }).optional().describe("Use only so many images, in proportion to the classes."),
  seed: z.int().min(0).default(1).describe("Seed of the choice that `limit` makes."),
});

type Part = "train" | "test";
const PARTS: readonly Part[] = ["train", "test"];

/** The images of one published part that are used. */
interface PartImages {
  part: Part;
  /** Place of each image in its file, ascending. */
  indices: number[];
  /** Class index of each image. */
  labels: Uint8Array;
  /** Grey levels of every image of the file. */
  pixels: Uint8Array;
}

type Download = (file: SourceFile) => Promise<Uint8Array<ArrayBuffer>>;

export default defineStep({
  name: "data.idx",
  module: import.meta.url,
  scope: "study",
  params: IdxParams,
  inputs: {},
  outputs: { ...DATASET_OUTPUTS, publishedPartition: { format: "csv" } },
  remote: ({ source }) => filesOf(findSource(source)),
  resources: { memoryMiB: 400 },
  async run({ params, outputs, download, progress }) {
    const source = findSource(params.source);
    const { height, width } = source.shape;
    const parts: PartImages[] = [];
    for (const [i, part] of PARTS.entries()) {
      const { labels, pixels } = await readPart(source, part, download);
      const random = stream(params.seed, "data").sub(i);
      const limit = params.limit?.[part] ?? labels.length;
      parts.push({ part, indices: chooseSubset([...labels], limit, random), labels, pixels });
      await progress(i + 1, PARTS.length, "parts");
    }
    const images = parts.reduce((sum, { indices }) => sum + indices.length, 0);
    const { bytes, tensors } = allocateSafetensors({
      pixels: { dtype: "U8", shape: [images, height, width] },
    });
    const samples = [];
    const published = [];
    for (const { part, indices, labels, pixels } of parts) {
      const digits = String(labels.length - 1).length;
      for (const index of indices) {
        const start = index * height * width;
        tensors.pixels.data.set(
          pixels.subarray(start, start + height * width),
          samples.length * height * width,
        );
        const id = `${part}-${String(index).padStart(digits, "0")}`;
        samples.push({ id, label: source.classes[labels[index]!]!, group: "", origin: id });
        published.push([id, part]);
      }
    }
    await writeDataset(outputs, {
      images: bytes,
      samples,
      classes: { names: source.classes, titles: source.classes },
      card: {
        name: source.name,
        title: source.title,
        description: source.description,
        licence: source.licence,
        citation: source.citation,
        url: source.url,
        redistributable: source.redistributable,
        pretrainedOn: source.pretrainedOn,
        images,
        classes: source.classes.length,
        height,
        width,
        channels: 1,
        groups: 0,
        files: filesOf(source).map(({ mirror, sha256, size }) => ({ name: mirror, sha256, size })),
      },
    });
    await outputs.publishedPartition.text(await stringifyCsv(["id", "partition"], published));
  },
});

function filesOf({ parts }: Source): SourceFile[] {
  return PARTS.flatMap((part) => [parts[part].images, parts[part].labels]);
}

/**
 * The images and labels of one part.
 *
 * @throws {RangeError} if the files do not hold what the source's table says.
 */
async function readPart({ name, shape, parts, classes }: Source, part: Part, download: Download) {
  const { count, images, labels } = parts[part];
  const pixels = await readIdx(await download(images), images.mirror);
  const expected = [count, shape.height, shape.width];
  if (String(pixels.shape) !== String(expected)) {
    throw new RangeError(
      `Cannot use ${images.mirror} as its shape must be [${expected}]: ` +
        `current value is [${pixels.shape}]`,
    );
  }
  const classIndices = await readIdx(await download(labels), labels.mirror);
  if (String(classIndices.shape) !== String([count])) {
    throw new RangeError(
      `Cannot use ${labels.mirror} as its shape must be [${count}]: ` +
        `current value is [${classIndices.shape}]`,
    );
  }
  const wrong = classIndices.data.find((index) => index >= classes.length);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot use ${labels.mirror} as ${name} has ${classes.length} classes: ` +
        `it holds class index ${wrong}`,
    );
  }
  return { pixels: pixels.data, labels: classIndices.data };
}
