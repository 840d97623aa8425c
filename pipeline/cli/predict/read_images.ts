import { type Fit, ImageDecoder } from "../../../data/formats/image_file.ts";
import { allocateSafetensors } from "../../../data/formats/safetensors.ts";
import type { Images } from "../../../data/images.ts";

/** Largest file that is read, in bytes. */
const MOST_BYTES = 256 << 20;

/** Options of {@linkcode readImageFiles}. */
export interface ReadImagesOptions {
  /** Size and colours that the study's images have. */
  format: Pick<Images, "height" | "width" | "channels">;
  /** Default: `contain` for grey images, `cover` for RGB. */
  fit?: Fit;
  /** Whether light and dark change places. Default: false. */
  invert?: boolean;
}

/** Images that were read, and files that were not. */
export interface ImagesRead {
  /** Paths of the images, in order. */
  files: string[];
  /** The artifact `images`. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Mean grey level of the images, 0 to 255. */
  mean: number;
  failed: { file: string; message: string }[];
}

/** Reads image files as the artifact `images` of a study's format. */
export async function readImageFiles(
  paths: readonly string[],
  { format, fit, invert = false }: ReadImagesOptions,
): Promise<ImagesRead> {
  using decoder = await ImageDecoder.open();
  const own = { ...format, fit: fit ?? (format.channels === 1 ? "contain" : "cover"), invert };
  const images: Uint8Array[] = [];
  const files: string[] = [];
  const failed: ImagesRead["failed"] = [];
  for (const file of paths) {
    try {
      const { size } = await Deno.stat(file);
      if (size > MOST_BYTES) {
        throw new RangeError(
          `it has ${size} bytes where at most ${MOST_BYTES} are read: save it smaller`,
        );
      }
      images.push(decoder.decode(await Deno.readFile(file), own));
      files.push(file);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      failed.push({ file, message: error.message });
    }
  }
  const { height, width, channels } = format;
  const shape = [images.length, height, width, ...(channels === 1 ? [] : [channels])];
  const { bytes, tensors } = allocateSafetensors({ pixels: { dtype: "U8", shape } });
  images.forEach((image, i) => tensors.pixels.data.set(image, i * image.length));
  return { files, bytes, mean: meanLevel(tensors.pixels.data), failed };
}

/** Mean of grey levels; 0 of none. */
export function meanLevel(pixels: Uint8Array): number {
  return pixels.reduce((sum, value) => sum + value, 0) / Math.max(1, pixels.length);
}
