import type { Random } from "../../core/random/stream.ts";
import type { AugmentParams } from "./params.ts";
import type { Image } from "./transform.ts";
import { TRANSFORMS } from "./transforms.ts";

/** A chance change can be none at all: then it is drawn again, so often at most. */
const MAX_DRAWS = 16;

/** The transformations that the params ask for, each with its range and its stream's number. */
export function askedFor(params: AugmentParams) {
  const ranges = params as Readonly<Record<string, unknown>>;
  return TRANSFORMS.map((transform, index) => ({ transform, index, range: ranges[transform.name] }))
    .filter(({ range }) => range !== undefined);
}

/**
 * Makes a changed copy of an image: each transformation that is asked for, one after the other.
 *
 * @param random The copy's own stream.
 * @returns New pixels; equal to the image's only where no draw changed it, as in an image that is
 * black all over.
 */
export function change(image: Image, params: AugmentParams, random: Random): Uint8Array {
  const asked = askedFor(params);
  let pixels = image.pixels;
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    pixels = image.pixels;
    for (const { transform, range, index } of asked) {
      pixels = transform.apply({ ...image, pixels }, range, random.sub(draw).sub(index));
    }
    if (!isEqual(pixels, image.pixels)) break;
  }
  return pixels;
}

/** Whether two images have the same bytes. */
export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((value, i) => value === b[i]);
}
