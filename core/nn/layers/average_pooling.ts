import type { Layer } from "./layer.ts";
import { pooling, type PoolingOptions } from "./pooling.ts";

/**
 * The mean under each window, channel by channel, as PyTorch's `nn.AvgPool2d`.
 *
 * @throws {RangeError} if an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { output } = averagePooling({ size: 2 }).shaped({ shape: [28, 28, 16] });
 * assert.deepEqual(output.shape, [14, 14, 16]);
 * ```
 */
export function averagePooling(options: PoolingOptions): Layer {
  return pooling("average", options, (window) => ({
    forward: (core, { input, output }) => core.averagePool({ input, window, output }),
    backward(core, { outputGradient, inputGradient }) {
      if (inputGradient) core.averagePoolGradient({ window, outputGradient, inputGradient });
    },
  }));
}
