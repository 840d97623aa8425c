/**
 * Rows of images between the order of a core, channels last, and that of PyTorch, channels first.
 *
 * @module
 */
import { sizeOf } from "../../handle.ts";
import type { Shape } from "../../ops.ts";

/**
 * Rows of `[height, width, channels]` as rows of `[channels, height, width]`.
 *
 * @param image Height, width and channels.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...channelsFirst(new Float32Array([1, 10, 2, 20]), [1, 2, 2])], [1, 2, 10, 20]);
 * ```
 */
export function channelsFirst(rows: Float32Array, image: Shape): Float32Array<ArrayBuffer> {
  const [height, width, channels] = image;
  return transposed(rows, height * width, channels, sizeOf(image));
}

/** Rows of `[channels, height, width]` as rows of `[height, width, channels]`. */
export function channelsLast(rows: Float32Array, image: Shape): Float32Array<ArrayBuffer> {
  const [height, width, channels] = image;
  return transposed(rows, channels, height * width, sizeOf(image));
}

/** Each block of `[m, n]` as `[n, m]`. */
function transposed(
  data: Float32Array,
  m: number,
  n: number,
  block: number,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(data.length);
  for (let from = 0; from < data.length; from += block) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) result[from + j * m + i] = data[from + i * n + j];
    }
  }
  return result;
}
