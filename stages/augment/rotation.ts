import { z } from "zod";
import { cos } from "../../core/math/cos.ts";
import { sin } from "../../core/math/sin.ts";
import { defineTransform, type Image } from "./transform.ts";

/** Rotates about the centre by an angle that is uniform up to a bound, either way. */
export default defineTransform({
  name: "rotation",
  range: z.number().gt(0).max(180).describe("Rotate by up to so many degrees, either way."),
  apply: (image, most, random) => rotate(image, most * (2 * random.float64() - 1)),
});

/**
 * Rotates an image about its centre, bilinearly interpolated; outside of it all is black.
 *
 * @param degrees Counterclockwise.
 * @returns New pixels, rounded to the nearest grey level, halves up.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const image = { height: 1, width: 3, channels: 1, pixels: new Uint8Array([1, 2, 3]) };
 * assert.deepEqual(rotate(image, 180), new Uint8Array([3, 2, 1]));
 * ```
 */
export function rotate({ height, width, channels, pixels }: Image, degrees: number): Uint8Array {
  const angle = degrees * (Math.PI / 180);
  const c = cos(angle);
  const s = sin(angle);
  const centerX = (width - 1) / 2;
  const centerY = (height - 1) / 2;
  const result = new Uint8Array(pixels.length);
  const at = (y: number, x: number, channel: number) =>
    y < 0 || y >= height || x < 0 || x >= width ? 0 : pixels[(y * width + x) * channels + channel]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = x - centerX;
      const dy = y - centerY;
      // With y downwards, this takes the result's place back clockwise.
      const fromX = centerX + c * dx - s * dy;
      const fromY = centerY + s * dx + c * dy;
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      const right = fromX - left;
      const below = fromY - top;
      for (let channel = 0; channel < channels; channel++) {
        const upper = (1 - right) * at(top, left, channel) + right * at(top, left + 1, channel);
        const lower = (1 - right) * at(top + 1, left, channel) +
          right * at(top + 1, left + 1, channel);
        const value = (1 - below) * upper + below * lower;
        result[(y * width + x) * channels + channel] = Math.floor(value + 0.5);
      }
    }
  }
  return result;
}
