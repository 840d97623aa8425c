import type { Image } from "./transform.ts";

/**
 * Rearranges pixels: each comes from another place of the image, or is black where that place is
 * outside of it.
 *
 * @param from For a row and a column of the result, the row and the column that it comes from.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const image = { height: 1, width: 3, channels: 1, pixels: new Uint8Array([1, 2, 3]) };
 * const next = rearrange(image, (y, x) => [y, x + 1]);
 * assert.deepEqual(next, new Uint8Array([2, 3, 0]));
 * ```
 */
export function rearrange(
  { height, width, channels, pixels }: Image,
  from: (y: number, x: number) => readonly [number, number],
): Uint8Array {
  const result = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromY, fromX] = from(y, x);
      if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) continue;
      const source = (fromY * width + fromX) * channels;
      const target = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) result[target + c] = pixels[source + c]!;
    }
  }
  return result;
}
