/**
 * How a method makes features of images, and what of the image each feature tells.
 *
 * @module
 */

/** Height, width and channels of an image; channels last, 1 for grey and 3 for RGB. */
export interface ImageSize {
  height: number;
  width: number;
  channels: number;
}

/** How a method embeds images of one size. */
export interface Embedder {
  /** Number of features d. */
  readonly dimension: number;
  /** Shape of an image's features, where they are pixels. */
  readonly shape?: readonly [height: number, width: number, channels: number];
  /** Computes the features of one image: [height, width(, 3)] to [dimension]. */
  extract(pixels: Uint8Array, features: Float32Array): void;
  /**
   * Which square of the image each feature tells of.
   *
   * @param side Side of the squares in pixels, for a method that has none of its own.
   */
  cells(side: number): FeatureCells;
}

/** Squares of an image, and the features that belong to each. */
export interface FeatureCells {
  rows: number;
  columns: number;
  /** Side of a square, in pixels; those at the right and below may be cut off. */
  side: number;
  /** Of each feature `[d]`, the square: row · columns + column. */
  cellOf: Int32Array;
}
