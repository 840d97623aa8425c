import type { Embedder, FeatureCells, ImageSize } from "./embedder.ts";

/**
 * The pixels themselves as features, row by row, each divided by 255 and rounded to binary32.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const pixels = new PixelExtractor({ height: 1, width: 2, channels: 1 });
 * const features = new Float32Array(pixels.dimension);
 * pixels.extract(new Uint8Array([0, 255]), features);
 * assert.deepEqual([...features], [0, 1]);
 * ```
 */
export class PixelExtractor implements Embedder {
  readonly dimension: number;
  readonly shape: readonly [height: number, width: number, channels: number];

  constructor({ height, width, channels }: ImageSize) {
    this.dimension = height * width * channels;
    this.shape = [height, width, channels];
  }

  extract(pixels: Uint8Array, features: Float32Array): void {
    for (let i = 0; i < pixels.length; i++) features[i] = pixels[i] / 255;
  }

  cells(side: number): FeatureCells {
    const [height, width, channels] = this.shape;
    const columns = Math.ceil(width / side);
    const cellOf = Int32Array.from({ length: this.dimension }, (_, i) => {
      const pixel = Math.floor(i / channels);
      const [y, x] = [Math.floor(pixel / width), pixel % width];
      return Math.floor(y / side) * columns + Math.floor(x / side);
    });
    return { rows: Math.ceil(height / side), columns, side, cellOf };
  }
}
