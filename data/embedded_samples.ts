/**
 * Embedded images with their labels and partitions: what a head is trained and measured on.
 *
 * @module
 */
import type { Samples } from "../core/nn/head.ts";
import type { HeadSizes } from "../core/nn/sizes.ts";
import type { Core } from "../core/ops.ts";
import { type ImageShape, readFeatureShape } from "./feature_shape.ts";
import { decodeSafetensors } from "./formats/safetensors.ts";
import { parseSafetensorsHeader } from "./formats/safetensors_header.ts";
import { getTensor } from "./formats/tensor.ts";
import { parsePartition, type Partition } from "./partition.ts";
import { parseSamples } from "./samples.ts";

/** The artifacts that {@linkcode readEmbeddedSamples} reads. */
export interface EmbeddedSamplesOptions {
  /** Port `embeddings`. */
  embeddings: Uint8Array<ArrayBuffer>;
  /** Port `samples`. */
  samples: string;
  /** Port `classes`. */
  classes: { names: string[] };
  /** Port `partition`. */
  partition: string;
}

/** Embedded images; index i is image i everywhere. */
export interface EmbeddedSamples {
  ids: string[];
  /** Names of the classes. */
  classes: string[];
  /** Class index of each image `[n]`. */
  labels: Int32Array<ArrayBuffer>;
  partition: Partition[];
  /** Dimension d of the embeddings. */
  dimension: number;
  /** Shape of an image's embedding, where it is pixels. */
  shape?: ImageShape;
  /** Embeddings `[n, d]`. */
  x: Float32Array;
}

/**
 * Reads the artifacts and holds them to each other.
 *
 * @throws {SyntaxError} if one is damaged, or the partition is not of these samples.
 * @throws {RangeError} if the embeddings are not one for each sample, or a label is no class.
 */
export async function readEmbeddedSamples(
  options: EmbeddedSamplesOptions,
): Promise<EmbeddedSamples> {
  const samples = await parseSamples(options.samples);
  const ids = samples.map(({ id }) => id);
  const classes = options.classes.names;
  const { embeddings } = options;
  const tensors = decodeSafetensors(embeddings, "embeddings");
  const { metadata } = parseSafetensorsHeader(embeddings, embeddings.length, "embeddings");
  const { shape, data } = getTensor(tensors, "x", "F32", [null, null]);
  const [count, dimension] = shape as [number, number];
  if (count !== samples.length) {
    throw new RangeError(
      `Cannot use embeddings as there must be one for each of ${samples.length} samples: ` +
        `current number is ${count}`,
    );
  }
  const index = new Map(classes.map((name, i) => [name, i]));
  const labels = Int32Array.from(samples, ({ id, label }) => {
    const found = index.get(label);
    if (found === undefined) {
      throw new RangeError(
        `Cannot use sample ${JSON.stringify(id)} as its label must be one of ${classes.length} ` +
          `classes: current value is ${JSON.stringify(label)}`,
      );
    }
    return found;
  });
  const partition = await parsePartition(options.partition, ids);
  const image = readFeatureShape(metadata, dimension);
  return { ids, classes, labels, partition, dimension, shape: image, x: data };
}

/** What a head on these images is made by. */
export function sizesOf({ dimension, classes, shape }: EmbeddedSamples): HeadSizes {
  return { inputs: dimension, classes: classes.length, image: shape };
}

/**
 * Row numbers of the images in a partition, in order.
 *
 * @throws {RangeError} if there is none.
 */
export function rowsOf({ partition }: EmbeddedSamples, wanted: Partition): Int32Array<ArrayBuffer> {
  const rows: number[] = [];
  partition.forEach((name, i) => name === wanted && rows.push(i));
  if (rows.length === 0) {
    throw new RangeError(`Cannot use partition ${wanted} as it has no image: check the split`);
  }
  return new Int32Array(rows);
}

/** Rows that {@linkcode uploadRows} copies at a time. */
const CHUNK = 512;

/**
 * Puts some images into a core, in the order of the rows, a few hundred at a time so that they are
 * never held twice.
 *
 * @throws {RangeError} if an embedding is not finite, with the image's id.
 */
export function uploadRows(
  core: Core,
  { ids, classes, labels, dimension: d, x }: EmbeddedSamples,
  rows: Int32Array,
): Samples {
  const features = core.tensor([rows.length, d]);
  const chunk = new Float32Array(Math.min(CHUNK, rows.length) * d);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, rows.length);
    for (let i = from; i < to; i++) {
      const row = x.subarray(rows[i] * d, (rows[i] + 1) * d);
      const wrong = row.findIndex((value) => !Number.isFinite(value));
      if (wrong >= 0) {
        throw new RangeError(
          `Cannot use the embedding of ${JSON.stringify(ids[rows[i]])} as its values must be ` +
            `finite: the value at ${wrong} is ${row[wrong]}`,
        );
      }
      chunk.set(row, (i - from) * d);
    }
    core.write(core.rows(features, from, to), chunk.subarray(0, (to - from) * d));
  }
  const own = Int32Array.from(rows, (row) => labels[row]);
  return {
    features,
    labels: core.uploadIntegers(own, [rows.length], { name: "labels", below: classes.length }),
  };
}
