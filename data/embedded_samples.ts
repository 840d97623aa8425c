/**
 * Embedded images with their labels and partitions: what a head is trained and measured on.
 *
 * @module
 */
import type { LabelledRows } from "../core/fitted/fitted_head.ts";
import type { FeatureSource, StreamedSamples } from "../core/nn/feature_source.ts";
import type { Samples } from "../core/nn/head.ts";
import { rowWindows, windowLayout } from "../core/nn/row_windows.ts";
import type { HeadSizes } from "../core/nn/sizes.ts";
import type { Core } from "../core/ops.ts";
import { finiteRows, type ReadableFile, readEmbeddingFile } from "./embedding_file.ts";
import type { ImageShape } from "./feature_shape.ts";
import { parsePartition, type Partition } from "./partition.ts";
import { parseSamples } from "./samples.ts";

/** The artifacts that {@linkcode readEmbeddedSamples} reads. */
export interface EmbeddedSamplesOptions {
  /** Port `embeddings`, open as long as rows are read. */
  embeddings: ReadableFile;
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
  source: FeatureSource;
}

/** Bytes that are read at a time where rows are not read in windows. */
const CHUNK = 4 << 20;

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
  const source = await readEmbeddingFile(options.embeddings);
  const { rows: count, dimension, shape } = source;
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
  return { ids, classes, labels, partition, dimension, shape, source };
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

/** A source of some rows, which are held to finite values as they are read. */
function checked({ ids, source }: EmbeddedSamples, rows: Int32Array): FeatureSource {
  return finiteRows(source, rows, (row) => `the embedding of ${JSON.stringify(ids[row])}`);
}

/**
 * Some images to be read in windows.
 *
 * @param rows Ascending.
 * @param bytes What a window may take.
 */
export function streamRows(
  samples: EmbeddedSamples,
  rows: Int32Array,
  bytes: number,
): StreamedSamples {
  return {
    source: checked(samples, rows),
    labels: samples.labels,
    classes: samples.classes.length,
    rows,
    layout: windowLayout(samples.dimension, bytes),
  };
}

/** Some images, a few MiB of them at a time, in order. */
export interface RowsChunk {
  /** Place of the first one among the images that were asked for. */
  at: number;
  /** How many there are. */
  count: number;
  /** Embeddings `[count, d]`; their memory is used again for the next chunk. */
  values: Float32Array<ArrayBuffer>;
}

/**
 * Reads some images.
 *
 * @param rows Ascending.
 * @throws {RangeError} if an embedding is not finite, with the image's id.
 */
export async function* readChunks(
  samples: EmbeddedSamples,
  rows: Int32Array,
): AsyncGenerator<RowsChunk> {
  const { dimension: d } = samples;
  const source = checked(samples, rows);
  const layout = { ...windowLayout(d, CHUNK), windowShards: 1 };
  const read = new Float32Array(layout.shardRows * d);
  const wanted = new Float32Array(layout.shardRows * d);
  let at = 0;
  for (const { shards: [shard], rows: own } of rowWindows(rows, layout)) {
    const from = shard * layout.shardRows;
    await source.read(from, Math.min(from + layout.shardRows, source.rows), read);
    own.forEach((row, i) => {
      wanted.set(read.subarray((row - from) * d, (row - from + 1) * d), i * d);
    });
    yield { at, count: own.length, values: wanted.subarray(0, own.length * d) };
    at += own.length;
  }
}

/**
 * Reads some images into a core, a few MiB at a time, so that memory holds them once.
 *
 * @param rows Ascending.
 * @throws {RangeError} if an embedding is not finite, with the image's id.
 */
export async function uploadRows(
  core: Core,
  samples: EmbeddedSamples,
  rows: Int32Array,
): Promise<Samples> {
  const { classes, labels, dimension: d } = samples;
  const features = core.tensor([rows.length, d]);
  for await (const { at, count, values } of readChunks(samples, rows)) {
    core.write(core.rows(features, at, at + count), values, { allowNonFinite: true });
  }
  const own = Int32Array.from(rows, (row) => labels[row]);
  return {
    features,
    labels: core.uploadIntegers(own, [rows.length], { name: "labels", below: classes.length }),
  };
}

/**
 * Reads the embeddings of some images into one array `[rows, d]`.
 *
 * @param rows Ascending.
 * @throws {RangeError} if an embedding is not finite, with the image's id.
 */
export async function readRows(
  samples: EmbeddedSamples,
  rows: Int32Array,
): Promise<Float32Array<ArrayBuffer>> {
  const { dimension: d } = samples;
  const features = new Float32Array(rows.length * d);
  for await (const { at, values } of readChunks(samples, rows)) features.set(values, at * d);
  return features;
}

/**
 * Reads some images with their labels into memory.
 *
 * @param rows Ascending.
 * @throws {RangeError} if an embedding is not finite, with the image's id.
 */
export async function loadRows(
  samples: EmbeddedSamples,
  rows: Int32Array,
): Promise<LabelledRows> {
  const { classes, labels, dimension } = samples;
  const own = Int32Array.from(rows, (row) => labels[row]);
  return {
    x: await readRows(samples, rows),
    labels: own,
    dimension,
    classes: classes.length,
  };
}
