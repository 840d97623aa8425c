import type { Layer } from "./layer.ts";
import { pooling, type PoolingOptions } from "./pooling.ts";

/**
 * The greatest value under each window, channel by channel, as PyTorch's `nn.MaxPool2d`.
 *
 * @throws {RangeError} if an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { output } = maxPooling({ size: 2 }).shaped({ shape: [28, 28, 16] });
 * assert.deepEqual(output.shape, [14, 14, 16]);
 * ```
 */
export function maxPooling(options: PoolingOptions): Layer {
  return pooling("max", options, (window) => ({
    forward: (core, { input, output }) => core.maxPool({ input, window, output }),
    backward(core, { input, outputGradient, inputGradient }) {
      if (inputGradient) core.maxPoolGradient({ input, window, outputGradient, inputGradient });
    },
  }));
}
