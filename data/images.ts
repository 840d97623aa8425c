import { decodeSafetensors } from "./formats/safetensors.ts";

/** The images of a set, as the `images` port holds them. */
export interface Images {
  count: number;
  height: number;
  width: number;
  /** 1 for grey, 3 for RGB. */
  channels: number;
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
  const [count, height, width, channels = 1] = tensor?.shape ?? [];
  const fits = tensor?.data instanceof Uint8Array && width !== undefined &&
    (tensor.shape.length === 3 || (tensor.shape.length === 4 && channels === 3));
  if (!fits) {
    throw new TypeError(
      "Cannot read images as `pixels` must be U8 [images, height, width] or " +
        `[images, height, width, 3]: current value is ${tensor?.dtype} [${tensor?.shape}]`,
    );
  }
  return {
    count: count!,
    height: height!,
    width,
    channels,
    pixels: tensor.data as Uint8Array<ArrayBuffer>,
  };
}
