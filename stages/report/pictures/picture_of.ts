import type { Picture } from "./png.ts";
import type { ImageSet } from "./sheet.ts";

/** One image of a set. */
export function pictureOf({ height, width, channels, pixels }: ImageSet, index: number): Picture {
  const size = height * width * channels;
  return { width, height, channels, pixels: pixels.subarray(index * size, (index + 1) * size) };
}
