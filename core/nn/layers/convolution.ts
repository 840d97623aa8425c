import { windowsAlong } from "../../window.ts";
import { checkCount, imageOf } from "./checks.ts";
import { type Layer, shapedLayer } from "./layer.ts";
import { square } from "./square.ts";

/** Options for {@linkcode convolution}. */
export interface ConvolutionOptions {
  /** Number of output channels k. */
  channels: number;
  /** Side of the square kernel. */
  size: number;
  /** Rows and columns from one place to the next. Default: 1. */
  stride?: number;
  /** Zeros on each side of the image. Default: 0. */
  padding?: number;
}

/**
 * A convolution (cross-correlation, LeCun et al. 1998) as a dense layer on patches: `weight`
 * `[k, channels, size, size]` and `bias` `[k]`, PyTorch's `nn.Conv2d`.
 *
 * @throws {RangeError} if an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const layer = convolution({ channels: 16, size: 3, padding: 1 });
 * assert.deepEqual(layer.shaped({ shape: [28, 28, 1] }).output.shape, [28, 28, 16]);
 * ```
 */
export function convolution(options: ConvolutionOptions): Layer {
  const { channels: outputs, size, stride = 1, padding = 0 } = options;
  const name = `convolution ${outputs} of ${size}×${size}`;
  checkCount("convolution", "channels", outputs);
  const window = square(name, { size, stride, padding });
  return {
    name,
    form: { kind: "convolution", window },
    shaped(extent) {
      const [height, width, channels] = imageOf(extent);
      const [rows, columns] = windowsAlong([height, width], window);
      const places = rows * columns;
      const inputs = size * size * channels;
      return shapedLayer({
        output: { shape: [rows, columns, outputs] },
        parameters: [
          {
            name: "weight",
            shape: [outputs, channels, size, size],
            held: [outputs, inputs],
            image: [size, size, channels],
            start: { kind: "weight", fanIn: inputs, fanOut: size * size * outputs },
            trained: true,
          },
          { name: "bias", shape: [outputs], start: { kind: "bias", fanIn: inputs }, trained: true },
        ],
        arrays: [{ name: "patches", shape: [places, inputs], each: "sample" }],
        multiplyAdds: places * inputs * outputs,
        forward(core, { input, output, parameters: { weight, bias }, arrays }) {
          const n = input.shape[0] * places;
          const patches = core.reshape(arrays.patches, [n, inputs]);
          core.patches({ input, window, output: patches });
          core.dense({ input: patches, weight, bias, output: core.reshape(output, [n, outputs]) });
        },
        backward(core, pass) {
          const { parameters: { weight }, gradients, arrays, inputGradient } = pass;
          const n = pass.input.shape[0] * places;
          const patches = core.reshape(arrays.patches, [n, inputs]);
          const outputGradient = core.reshape(pass.outputGradient, [n, outputs]);
          core.denseGradient({
            input: patches,
            outputGradient,
            weightGradient: gradients.weight,
            biasGradient: gradients.bias,
          });
          if (!inputGradient) return;
          // The patches are not needed any more: their gradient takes their place.
          core.denseGradient({ outputGradient, weight, inputGradient: patches });
          core.patchesGradient({ outputGradient: patches, window, inputGradient });
        },
      });
    },
  };
}
