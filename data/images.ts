import type { ImageSize } from "../core/features/embedder.ts";
import type { ReadableFile } from "./embedding_file.ts";
import { decodeSafetensors } from "./formats/safetensors.ts";
import { parseSafetensorsHeader, safetensorsHeaderEnd } from "./formats/safetensors_header.ts";
import type { TensorSpec } from "./formats/tensor.ts";

/** The images of a set, as the `images` port holds them. */
export interface Images extends ImageSize {
  count: number;
  /** All images, one after the other, row by row. */
  pixels: Uint8Array<ArrayBuffer>;
}

/**
 * Reads the `images` port.
 *
 * @throws {TypeError} if the file does not hold pixels in its layout.
 */
export function readImages(bytes: Uint8Array<ArrayBuffer>): Images {
  const tensor = decodeSafetensors(bytes, "images").get("pixels");
  return { ...sizeOf(tensor), pixels: tensor!.data as Uint8Array<ArrayBuffer> };
}

/**
 * The size of the images of the `images` port, whose header alone is read.
 *
 * @throws {SyntaxError} if this is no safetensors file.
 * @throws {TypeError} if the file does not hold pixels in its layout.
 */
export async function readImageSize(file: ReadableFile): Promise<ImageSize & { count: number }> {
  const first = new Uint8Array(Math.min(8, file.size));
  await file.read(0, first);
  const header = new Uint8Array(safetensorsHeaderEnd(first, file.size, "images"));
  await file.read(0, header);
  return sizeOf(parseSafetensorsHeader(header, file.size, "images").entries.get("pixels"));
}

function sizeOf(pixels: TensorSpec | undefined): ImageSize & { count: number } {
  const [count, height, width, channels = 1] = pixels?.shape ?? [];
  const fits = pixels?.dtype === "U8" && width !== undefined &&
    (pixels.shape.length === 3 || (pixels.shape.length === 4 && channels === 3));
  if (!fits) {
    throw new TypeError(
      "Cannot read images as `pixels` must be U8 [images, height, width] or " +
        `[images, height, width, 3]: current value is ${pixels?.dtype} [${pixels?.shape}]`,
    );
  }
  return { count: count!, height: height!, width, channels };
}
