import type { ImageSize } from "../features/embedder.ts";

/** Places of a patch that slides over images of one size. */
export interface PatchPlaces {
  /** Side of the patch in pixels. */
  patch: number;
  /** First row of pixels of each row of places. */
  tops: number[];
  /** First column of pixels of each column of places. */
  lefts: number[];
}

/**
 * Where a patch stands: every `stride` pixels from the top left corner on, and at the right and
 * lower edge.
 *
 * @throws {RangeError} if the patch is larger than the images.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const size = { height: 4, width: 9, channels: 1 };
 * assert.deepEqual(patchPlaces(size, { patch: 4, stride: 3 }).lefts, [0, 3, 5]);
 * ```
 */
export function patchPlaces(
  { height, width }: ImageSize,
  { patch, stride }: { patch: number; stride: number },
): PatchPlaces {
  if (patch > height || patch > width) {
    throw new RangeError(
      `Cannot occlude images of ${width}×${height} pixels as the patch must be no larger: ` +
        `current side is ${patch}`,
    );
  }
  const along = (length: number) => {
    const last = length - patch;
    const places = Array.from({ length: Math.ceil(last / stride) }, (_, i) => i * stride);
    return [...places, last];
  };
  return { patch, tops: along(height), lefts: along(width) };
}

/**
 * Copies of an image, each with one patch of it covered, by rows of places.
 *
 * @param pixels [height, width(, 3)].
 * @param fill Value that covers each channel.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const size = { height: 1, width: 3, channels: 1 };
 * const places = { patch: 1, tops: [0], lefts: [0, 2] };
 * const images = [...occludedImages(new Uint8Array([1, 2, 3]), size, places, [9])];
 * assert.deepEqual(images.map((image) => [...image]), [[9, 2, 3], [1, 2, 9]]);
 * ```
 */
export function* occludedImages(
  pixels: Uint8Array,
  { width, channels }: ImageSize,
  { patch, tops, lefts }: PatchPlaces,
  fill: readonly number[],
): Generator<Uint8Array> {
  for (const top of tops) {
    for (const left of lefts) {
      const covered = pixels.slice();
      for (let y = top; y < top + patch; y++) {
        for (let x = left; x < left + patch; x++) {
          for (let c = 0; c < channels; c++) covered[(y * width + x) * channels + c] = fill[c];
        }
      }
      yield covered;
    }
  }
}

/**
 * A value for each pixel: the mean of the values of the patches that cover it, added by rows of
 * places in binary64; 0 where the stride leaves a pixel uncovered.
 *
 * @param values One for each place, by rows.
 * @returns `[height, width]`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const places = { patch: 1, tops: [0], lefts: [0, 1] };
 * assert.deepEqual([...spreadOverPixels([2, 6], { height: 1, width: 3 }, places)], [2, 6, 0]);
 * ```
 */
export function spreadOverPixels(
  values: readonly number[],
  { height, width }: Pick<ImageSize, "height" | "width">,
  { patch, tops, lefts }: PatchPlaces,
): Float64Array {
  const sums = new Float64Array(height * width);
  const counts = new Int32Array(height * width);
  tops.forEach((top, i) =>
    lefts.forEach((left, j) => {
      for (let y = top; y < top + patch; y++) {
        for (let x = left; x < left + patch; x++) {
          sums[y * width + x] += values[i * lefts.length + j];
          counts[y * width + x]++;
        }
      }
    })
  );
  return sums.map((sum, i) => counts[i] === 0 ? 0 : sum / counts[i]);
}
