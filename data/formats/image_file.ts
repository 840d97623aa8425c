/**
 * Photographs, scans and drawings as files: decoded and brought to the size and the colours of a set
 * of images, by libvips in WebAssembly.
 *
 * @module
 */
import type Vips from "wasm-vips";

/** How an image whose sides have another ratio is brought to the format. */
export const FITS = ["contain", "cover", "fill"] as const;

/** One of {@linkcode FITS}: all of it between black bars; its middle, cut; or stretched. */
export type Fit = typeof FITS[number];

/** What every image is brought to. */
export interface ImageFormat {
  height: number;
  width: number;
  /** 1 for grey, 3 for RGB. */
  channels: number;
  fit: Fit;
  /** Whether light and dark change places, as for dark ink on light paper. */
  invert: boolean;
}

/** Most pixels that an image may have; what its header says is held to it before it is decoded. */
export const MOST_PIXELS = 100_000_000;

/** Extensions of the formats that are read. */
export const IMAGE_EXTENSIONS = ["png", "jpg", "jpeg", "webp", "gif", "tif", "tiff"] as const;

type Library = Awaited<ReturnType<typeof Vips>>;
type Image = Vips.Image;

/** Decodes image files. It holds a WebAssembly instance with threads until it is disposed. */
export class ImageDecoder implements Disposable {
  readonly #vips: Library;
  readonly #worker: typeof Worker;

  private constructor(vips: Library, worker: typeof Worker) {
    this.#vips = vips;
    this.#worker = worker;
  }

  /** Loads libvips: once for many images. */
  static async open(): Promise<ImageDecoder> {
    const { default: load } = await import("wasm-vips");
    // It puts Node's class in the place of this global for its own threads.
    const { Worker } = globalThis;
    // Without further libraries: neither HEIF, JPEG XL nor SVG.
    const vips = await load({
      dynamicLibraries: [],
      // What is wrong is told by the error: libvips need not print it too.
      preRun: (module: { ENV: Record<string, string> }) => void (module.ENV.VIPS_WARNING = "0"),
    });
    vips.blockUntrusted(true);
    vips.Cache.max(0);
    return new ImageDecoder(vips, Worker);
  }

  /**
   * Decodes an image and brings it to a format: turned upright as its EXIF says, transparency over
   * white, 16 bits to 8, to sRGB, to the size (by Lanczos' kernel; an image that has the size is left
   * alone), to grey by Rec. 601 where the format is grey, inverted where it asks for that.
   *
   * @returns `[height, width]`, or `[height, width, 3]` of RGB.
   * @throws {SyntaxError} if the bytes are no such image, or one that is cut short.
   * @throws {RangeError} if it has more than {@linkcode MOST_PIXELS}.
   */
  decode(bytes: Uint8Array, format: ImageFormat): Uint8Array<ArrayBuffer> {
    if (bytes.length === 0) throw new SyntaxError("the file is empty: copy it again");
    const kept: Image[] = [];
    const keep = (image: Image) => (kept.push(image), image);
    try {
      const whole = keep(this.#open(bytes));
      const { width, height } = whole;
      if (width * height > MOST_PIXELS) {
        throw new RangeError(
          `it has ${width} × ${height} pixels where at most ${MOST_PIXELS} are taken: ` +
            `make it smaller first`,
        );
      }
      const image = this.#bring(whole, format, keep);
      return toFormat(image.writeToMemory() as Uint8Array, image.bands, format);
    } catch (error) {
      const reason = this.#reason(error);
      if (reason === undefined) throw error;
      throw new SyntaxError(`it is cut short or damaged (${reason}): copy it again`);
    } finally {
      for (const image of kept) image.delete();
    }
  }

  [Symbol.dispose](): void {
    this.#vips.shutdown();
    globalThis.Worker = this.#worker;
  }

  /** Reads the header alone. */
  #open(bytes: Uint8Array): Image {
    try {
      return this.#vips.Image.newFromBuffer(bytes, "", { fail_on: "error" });
    } catch (error) {
      const reason = this.#reason(error);
      if (reason === undefined) throw error;
      if (!/not in a known format/.test(reason)) {
        throw new SyntaxError(`it is cut short or damaged (${reason}): copy it again`);
      }
      const first = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0"));
      throw new SyntaxError(
        `it is no image of a known format (PNG, JPEG, WebP, GIF, TIFF): it starts with the bytes ` +
          `${first.join(" ")}; save it as one of these, whatever its name says`,
      );
    }
  }

  #bring(whole: Image, { height, width, fit }: ImageFormat, keep: (image: Image) => Image): Image {
    let image = keep(whole.autorot());
    if (image.hasAlpha()) image = keep(image.flatten({ background: [255, 255, 255] }));
    image = keep(image.colourspace(image.bands < 3 ? "b-w" : "srgb"));
    image = keep(image.cast("uchar"));
    if (image.width === width && image.height === height) return image;
    const options = fit === "fill" ? { size: "force" } : fit === "cover" ? { crop: "centre" } : {};
    image = keep(image.thumbnailImage(width, { height, ...options }));
    return keep(image.gravity("centre", width, height));
  }

  /** What libvips says of an error of its own. */
  #reason(error: unknown): string | undefined {
    // TypeScript's library does not know exceptions out of WebAssembly; these are type and text.
    if (Object.prototype.toString.call(error) !== "[object WebAssembly.Exception]") {
      return undefined;
    }
    const { message } = error as { message: unknown };
    return String(Array.isArray(message) ? message.at(-1) : message).trim().split("\n").at(-1);
  }
}

/** Shares of red, green and blue in grey, of 65,536; Rec. 601. They add up: grey stays what it is. */
const [RED, GREEN, BLUE] = [19595, 38470, 7471];

function toFormat(
  pixels: Uint8Array,
  bands: number,
  { height, width, channels, invert }: ImageFormat,
): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(height * width * channels);
  for (let i = 0; i < height * width; i++) {
    const at = i * bands;
    const [r, g, b] = bands < 3
      ? [pixels[at], pixels[at], pixels[at]]
      : [pixels[at], pixels[at + 1], pixels[at + 2]];
    if (channels === 3) result.set([r, g, b], i * 3);
    else result[i] = (RED * r + GREEN * g + BLUE * b + 0x8000) >>> 16;
  }
  if (invert) result.forEach((value, i) => result[i] = 255 - value);
  return result;
}
