import { sizeOf } from "../../handle.ts";
import type { FloatTensor } from "../../ops.ts";
import { type Layer, type ParameterSpec, shapedLayer } from "./layer.ts";

/** Options for {@linkcode batchNormalization}. */
export interface BatchNormalizationOptions {
  /** Added to the variance; greater than 0. Default: 1e-5. */
  epsilon?: number;
  /** How far a step moves the running statistics, in (0, 1]. Default: 0.1. */
  momentum?: number;
}

/**
 * Batch normalisation (Ioffe & Szegedy 2015) of each feature, or of each channel of images, as
 * PyTorch's `nn.BatchNorm1d` and `nn.BatchNorm2d`.
 *
 * `weight` γ starts at 1 and `bias` β at 0. In training the statistics are the batch's own, and
 * `running_mean` and `running_var` (from 0 and 1) move towards them, the variance as that of a
 * sample, divided by n − 1; in evaluation they are the statistics. A batch with one value a feature
 * has no variance, and is refused.
 *
 * @throws {RangeError} if an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(batchNormalization().shaped({ shape: [28, 28, 16] }).parameters[0].shape, [16]);
 * ```
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): Layer {
  const { epsilon = 1e-5, momentum = 0.1 } = options;
  const name = "batch normalisation";
  const check = (what: string, range: string, value: number, fits: boolean) => {
    if (fits) return;
    throw new RangeError(
      `Cannot describe layer ${name} as ${what} must be in ${range}: current value is ${value}`,
    );
  };
  const isPositive = Number.isFinite(epsilon) && Math.fround(epsilon) > 0;
  check("epsilon", "(0, ∞)", epsilon, isPositive);
  check("momentum", "(0, 1]", momentum, momentum > 0 && momentum <= 1);
  return {
    name,
    form: { kind: "batchNormalization", epsilon },
    shaped(extent) {
      const channels = extent.shape.at(-1)!;
      const places = sizeOf(extent.shape.slice(0, -1));
      const array = (name: string, value: number, trained: boolean): ParameterSpec => ({
        name,
        shape: [channels],
        image: extent.image,
        start: { kind: "constant", value },
        trained,
      });
      return shapedLayer({
        output: extent,
        parameters: [
          array("weight", 1, true),
          array("bias", 0, true),
          array("running_mean", 0, false),
          array("running_var", 1, false),
        ],
        arrays: [
          { name: "mean", shape: [channels], each: "batch" },
          { name: "variance", shape: [channels], each: "batch" },
        ],
        leastSamples: places > 1 ? 1 : 2,
        inPlace: true,
        forward(core, pass) {
          const { parameters, arrays: { mean, variance } } = pass;
          const n = pass.input.shape[0] * places;
          const input = core.reshape(pass.input, [n, channels]);
          const output = core.reshape(pass.output, [n, channels]);
          const { weight: scale, bias: shift, running_mean, running_var } = parameters;
          const of = (mean: FloatTensor, variance: FloatTensor) =>
            core.normalize({ input, mean, variance, scale, shift, epsilon, output });
          if (pass.mode === "evaluate") return of(running_mean, running_var);
          core.batchStatistics({ input, mean, variance });
          const move = (average: FloatTensor, value: FloatTensor, factor: number) =>
            core.moveAverage({ average, value, rate: momentum, factor });
          move(running_mean, mean, 1);
          move(running_var, variance, n / (n - 1));
          of(mean, variance);
        },
        backward(core, pass) {
          const { arrays: { mean, variance }, parameters, gradients, inputGradient } = pass;
          const flat = [pass.input.shape[0] * places, channels];
          core.normalizeGradient({
            input: core.reshape(pass.input, flat),
            mean,
            variance,
            scale: parameters.weight,
            epsilon,
            outputGradient: core.reshape(pass.outputGradient, flat),
            scaleGradient: gradients.weight,
            shiftGradient: gradients.bias,
            inputGradient: inputGradient && core.reshape(inputGradient, flat),
          });
        },
      });
    },
  };
}
