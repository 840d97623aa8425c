import type { FeatureSource } from "../core/nn/feature_source.ts";
import { type ImageShape, readFeatureShape } from "./feature_shape.ts";
import { parseSafetensorsHeader, safetensorsHeaderEnd } from "./formats/safetensors_header.ts";
import { findTensor } from "./formats/tensor.ts";

/** A file that is read in part. */
export interface ReadableFile {
  /** Size in bytes. */
  readonly size: number;
  /** Fills an array with the bytes from a position on. Several reads may run at once. */
  read(position: number, into: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** The artifact `embeddings`, of which rows are read as they are needed. */
export interface EmbeddingFile extends FeatureSource {
  /** Shape of an image's embedding, where it is pixels. */
  readonly shape?: ImageShape;
}

/**
 * Reads the header of embeddings: `x` F32 `[n, d]` of a safetensors file.
 *
 * @param name How messages call the file.
 * @throws {SyntaxError} if this is no such file.
 * @throws {TypeError} if it does not hold embeddings.
 */
export async function readEmbeddingFile(
  file: ReadableFile,
  name = "embeddings",
): Promise<EmbeddingFile> {
  const first = new Uint8Array(Math.min(8, file.size));
  await file.read(0, first);
  const header = new Uint8Array(safetensorsHeaderEnd(first, file.size, name));
  await file.read(0, header);
  const { entries, metadata } = parseSafetensorsHeader(header, file.size, name);
  const { shape, from: begin } = findTensor(entries, "x", "F32", [null, null]);
  const [rows, dimension] = shape as [number, number];
  return {
    rows,
    dimension,
    shape: readFeatureShape(metadata, dimension),
    async read(from, to, into) {
      if (!(from >= 0 && from <= to && to <= rows && into.length >= (to - from) * dimension)) {
        throw new RangeError(
          `Cannot read rows ${from} to ${to} of ${name} into ${into.length} numbers as it has ` +
            `${rows} rows of ${dimension}`,
        );
      }
      const bytes = new Uint8Array(into.buffer, into.byteOffset, (to - from) * dimension * 4);
      await file.read(begin + from * dimension * 4, bytes);
    },
  };
}

/**
 * A source that holds the rows that matter to finite values, the first time that each is read.
 *
 * @param rows Which rows matter, ascending.
 * @param describe How messages call a row: `row 7 of embeddings`.
 * @throws {RangeError} from its `read`, if a value is not finite, with row and column.
 */
export function finiteRows(
  source: FeatureSource,
  rows: Int32Array,
  describe: (row: number) => string,
): FeatureSource {
  const isChecked = new Uint8Array(rows.length);
  return {
    rows: source.rows,
    dimension: source.dimension,
    async read(from, to, into) {
      await source.read(from, to, into);
      const d = source.dimension;
      const bits = new Uint32Array(into.buffer, into.byteOffset, (to - from) * d);
      for (let i = firstFrom(rows, from); i < rows.length && rows[i] < to; i++) {
        if (isChecked[i]) continue;
        const begin = (rows[i] - from) * d;
        for (let j = begin; j < begin + d; j++) {
          if ((bits[j] & 0x7f800000) !== 0x7f800000) continue;
          throw new RangeError(
            `Cannot use ${describe(rows[i])} as its values must be finite: the value at ${
              j - begin
            } is ${into[j]}`,
          );
        }
        isChecked[i] = 1;
      }
    },
  };
}

/** Index of the first row that is not before another; the rows' number where all are. */
function firstFrom(rows: Int32Array, wanted: number): number {
  let low = 0, high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
