/**
 * The shape that an image's features have where they are pixels, in the metadata of the artifact
 * `embeddings`: what a convolution needs to know of the rows of `x`.
 *
 * @module
 */

/** Height, width and channels; channels last. */
export type ImageShape = readonly [height: number, width: number, channels: number];

const KEY = "feature_shape";

/** Metadata that tells the shape. */
export function tellFeatureShape(shape: ImageShape): Record<string, string> {
  return { [KEY]: JSON.stringify(shape) };
}

/**
 * The shape that metadata tell; `undefined` where they tell none.
 *
 * @param dimension Number of features of an image.
 * @throws {SyntaxError} if it is no shape of so many features.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(readFeatureShape(tellFeatureShape([28, 28, 1]), 784), [28, 28, 1]);
 * ```
 */
export function readFeatureShape(
  metadata: Readonly<Record<string, string>>,
  dimension: number,
): ImageShape | undefined {
  if (!Object.hasOwn(metadata, KEY)) return undefined;
  const text = metadata[KEY];
  const numbers = text.match(/^\[(\d{1,9}),(\d{1,9}),(\d{1,9})\]$/)?.slice(1).map(Number);
  if (numbers === undefined || numbers.reduce((a, b) => a * b) !== dimension) {
    throw new SyntaxError(
      `Cannot read embeddings as ${KEY} must be [height,width,channels] of ${dimension} features: ` +
        `current value is ${JSON.stringify(text)}`,
    );
  }
  return numbers as unknown as ImageShape;
}
