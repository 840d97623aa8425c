import { atan2 } from "../math/atan2.ts";
import type { Embedder, FeatureCells, ImageSize } from "./embedder.ts";

/** What histograms of oriented gradients are made by, whatever the images. */
export interface HogParameters {
  /** Bins of the unsigned gradient directions, from 0 to 180 degrees. */
  orientations: number;
  /** Side of the square cells, in pixels; a rest of pixels to the right and below is left out. */
  cell: number;
  /** Side of the square blocks, in cells. */
  block: number;
}

/** Options of {@linkcode HogExtractor}. */
export interface HogOptions extends ImageSize, HogParameters {}

/** Gradients of 8-bit pixels lie in −255 … 255. */
const SPAN = 511;
const ORIGIN = 255 * SPAN + 255;
/** Both of scikit-image: keeps empty blocks finite, and the bound of "L2-Hys". */
const EPSILON_SQUARED = 1e-5 * 1e-5;
const BOUND = 0.2;

/**
 * Computes histograms of oriented gradients (Dalal & Triggs, *Histograms of oriented gradients for
 * human detection*, CVPR 2005) as `skimage.feature.hog` does with `block_norm="L2-Hys"`: central
 * differences with zero at the border, the strongest channel of each pixel, each pixel's magnitude
 * into one bin of its cell, cells averaged, overlapping blocks normalised, bounded by 0.2 and
 * normalised again.
 *
 * Histograms are summed in binary64 in the order of pixels, squares in the order of features.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const hog = new HogExtractor({
 *   height: 32, width: 32, channels: 1, orientations: 9, cell: 4, block: 2,
 * });
 * assert.equal(hog.dimension, 7 * 7 * 2 * 2 * 9);
 * ```
 */
export class HogExtractor implements Embedder {
  /** Number of features of an image: blocks, times cells of a block, times orientations. */
  readonly dimension: number;
  readonly #options: HogOptions;
  /** Histogram of each cell, row by row. */
  readonly #cells: Float64Array;
  readonly #rows: number;
  readonly #columns: number;
  /** For each gradient, its bin and its magnitude. */
  readonly #bins: Uint8Array;
  readonly #magnitudes: Float64Array;

  /** @throws {RangeError} if the image is smaller than one block. */
  constructor(options: HogOptions) {
    const { height, width, orientations, cell, block } = options;
    this.#options = options;
    this.#rows = Math.floor(height / cell);
    this.#columns = Math.floor(width / cell);
    if (this.#rows < block || this.#columns < block) {
      throw new RangeError(
        `Cannot compute HOG as images must be at least ${block * cell} pixels wide and high ` +
          `(blocks of ${block} cells of ${cell} pixels): current size is ${width}×${height}`,
      );
    }
    this.dimension = (this.#rows - block + 1) * (this.#columns - block + 1) * block * block *
      orientations;
    this.#cells = new Float64Array(this.#rows * this.#columns * orientations);
    this.#bins = new Uint8Array(SPAN * SPAN);
    this.#magnitudes = new Float64Array(SPAN * SPAN);
    for (let y = -255; y <= 255; y++) {
      for (let x = -255; x <= 255; x++) {
        const i = ORIGIN + SPAN * y + x;
        this.#bins[i] = binOf(y, x, orientations);
        this.#magnitudes[i] = Math.sqrt(x * x + y * y);
      }
    }
  }

  /**
   * Computes the features of one image.
   *
   * @param pixels [height, width] or [height, width, channels], 0 to 255.
   * @param features [dimension]; written by rows of blocks, then by rows of each block's cells.
   */
  extract(pixels: Uint8Array, features: Float32Array): void {
    this.#fillCells(pixels);
    const { block, orientations } = this.#options;
    const stride = block * orientations;
    const values = new Float64Array(block * stride);
    let offset = 0;
    for (let row = 0; row + block <= this.#rows; row++) {
      for (let column = 0; column + block <= this.#columns; column++) {
        for (let r = 0; r < block; r++) {
          const start = ((row + r) * this.#columns + column) * orientations;
          for (let i = 0; i < stride; i++) values[r * stride + i] = this.#cells[start + i]!;
        }
        normalize(values);
        for (let i = 0; i < values.length; i++) values[i] = Math.min(values[i]!, BOUND);
        normalize(values);
        features.set(values, offset);
        offset += values.length;
      }
    }
  }

  /** The cells; a feature belongs to that of its histogram, in whichever block it is normalised. */
  cells(): FeatureCells {
    const { block, orientations, cell } = this.#options;
    const cellOf = new Int32Array(this.dimension);
    let at = 0;
    for (let row = 0; row + block <= this.#rows; row++) {
      for (let column = 0; column + block <= this.#columns; column++) {
        for (let i = 0; i < block * block; i++) {
          const own = (row + Math.floor(i / block)) * this.#columns + column + i % block;
          cellOf.fill(own, at, at += orientations);
        }
      }
    }
    return { rows: this.#rows, columns: this.#columns, side: cell, cellOf };
  }

  #fillCells(pixels: Uint8Array): void {
    const { height, width, channels, orientations, cell } = this.#options;
    const cells = this.#cells;
    cells.fill(0);
    const down = width * channels;
    for (let y = 0; y < this.#rows * cell; y++) {
      const inside = y > 0 && y < height - 1;
      const cellRow = Math.floor(y / cell) * this.#columns;
      for (let x = 0; x < this.#columns * cell; x++) {
        const at = y * down + x * channels;
        let best = ORIGIN;
        let greatest = 0;
        for (let c = at; c < at + channels; c++) {
          const gy = inside ? pixels[c + down]! - pixels[c - down]! : 0;
          const gx = x > 0 && x < width - 1 ? pixels[c + channels]! - pixels[c - channels]! : 0;
          const square = gx * gx + gy * gy;
          if (square > greatest) {
            greatest = square;
            best = ORIGIN + SPAN * gy + gx;
          }
        }
        const histogram = (cellRow + Math.floor(x / cell)) * orientations;
        cells[histogram + this.#bins[best]!]! += this.#magnitudes[best]!;
      }
    }
    const area = cell * cell;
    for (let i = 0; i < cells.length; i++) cells[i] = cells[i]! / area;
  }
}

/** Bin of a gradient's direction, without its sign; as scikit-image, by degrees. */
function binOf(y: number, x: number, orientations: number): number {
  let degrees = atan2(y, x) * (180 / Math.PI);
  if (degrees < 0) degrees += 180;
  if (degrees >= 180) degrees -= 180;
  const width = 180 / orientations;
  let bin = Math.floor(degrees / width);
  // Where the quotient is rounded across a bin's edge, the edge itself decides.
  if (degrees < width * bin) bin--;
  else if (degrees >= width * (bin + 1)) bin++;
  return Math.min(bin, orientations - 1);
}

function normalize(values: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  const norm = Math.sqrt(sum + EPSILON_SQUARED);
  for (let i = 0; i < values.length; i++) values[i] = values[i]! / norm;
}
