import type { Embedder, ImageSize } from "./embedder.ts";
import { HogExtractor, type HogParameters } from "./hog.ts";
import { PixelExtractor } from "./pixels.ts";

/** Every method that is computed from the pixels alone: a new one is a file beside this one, and a line here. */
const EMBEDDERS = {
  hog: (size, parameters) => new HogExtractor({ ...size, ...parameters as HogParameters }),
  pixels: (size) => new PixelExtractor(size),
} satisfies Record<string, (size: ImageSize, parameters: object) => Embedder>;

/** Names of the methods that {@linkcode createEmbedder} makes. */
export const EMBEDDER_NAMES: readonly string[] = Object.keys(EMBEDDERS);

/**
 * A method by the params of its step, ready for images of one size.
 *
 * @throws {RangeError} if it is none of {@linkcode EMBEDDER_NAMES}, or does not fit the images.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const size = { height: 28, width: 28, channels: 1 };
 * assert.equal(createEmbedder({ method: "pixels" }, size).dimension, 784);
 * ```
 */
export function createEmbedder(
  params: { readonly method: string },
  size: ImageSize,
): Embedder {
  const { method, ...parameters } = params;
  if (!Object.hasOwn(EMBEDDERS, method)) {
    throw new RangeError(
      `Cannot embed images anew by ${JSON.stringify(method)}: expected one of ${
        EMBEDDER_NAMES.join(", ")
      }`,
    );
  }
  return EMBEDDERS[method as keyof typeof EMBEDDERS](size, parameters);
}
