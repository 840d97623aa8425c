import { sizeOf } from "../handle.ts";
import type { Core } from "../ops.ts";
import { activated, denseBlocks, type HiddenOptions } from "./blocks.ts";
import type { Head } from "./head.ts";
import { averagePooling } from "./layers/average_pooling.ts";
import { convolution } from "./layers/convolution.ts";
import { flatten } from "./layers/flatten.ts";
import { maxPooling } from "./layers/max_pooling.ts";
import { createNetwork } from "./network/network.ts";
import { checkSizes, type HeadSizes } from "./sizes.ts";

/** Options for {@linkcode createCnn}, besides its sizes. */
export interface CnnOptions extends HiddenOptions {
  /** Output channels of the convolutions, first to last. Default: `[16, 32]`. */
  channels?: readonly number[];
  /** Side of the kernels; odd, so that images keep their size. Default: 3. */
  kernel?: number;
  /** What halves the image after each convolution. Default: `max`. */
  pooling?: "max" | "average";
  /** Widths of the hidden dense layers. Default: `[64]`. */
  hidden?: readonly number[];
}

/**
 * A small convolutional network on pixels: blocks of a convolution that keeps the image's size,
 * batch normalisation where it is asked for, an activation and a 2×2 pooling; then dense layers as
 * in an MLP. After LeNet-5 (LeCun et al. 1998).
 *
 * @throws {RangeError} if a number is out of range, the images' shape is not given or not that of
 * the inputs, or an image is too small for so many blocks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * const core = createReferenceCore();
 * const head = createCnn(core, { inputs: 784, classes: 10, image: [28, 28, 1], channels: [8] });
 * assert.equal(head.parameters, 8 * 9 + 8 + 14 * 14 * 8 * 64 + 64 + 64 * 10 + 10);
 * ```
 */
export function createCnn(core: Core, options: HeadSizes & CnnOptions): Head {
  const { inputs, classes, image, channels = [16, 32], hidden = [64] } = options;
  const { kernel = 3, pooling = "max" } = options;
  checkSizes("cnn", options);
  if (!image || sizeOf(image) !== inputs) {
    throw new RangeError(
      `Cannot create cnn as it needs images [height, width, channels] of ${inputs} inputs: ` +
        `current shape is ${image ? `[${image.join(", ")}]` : "none"}`,
    );
  }
  if (!Number.isInteger(kernel) || kernel < 1 || kernel % 2 === 0) {
    throw new RangeError(
      `Cannot create cnn as its kernel must be an odd integer from 1 up: current value is ${kernel}`,
    );
  }
  const pool = pooling === "max" ? maxPooling : averagePooling;
  const blocks = channels.flatMap((channels) => [
    ...activated(
      convolution({ channels, size: kernel, padding: (kernel - 1) / 2 }),
      options,
    ),
    pool({ size: 2 }),
  ]);
  return createNetwork(core, {
    name: "cnn",
    inputs: image,
    layers: [...blocks, flatten(), ...denseBlocks(hidden, classes, options)],
    classes,
  });
}
