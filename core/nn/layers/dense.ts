import { checkCount, featuresOf } from "./checks.ts";
import { type Layer, shapedLayer } from "./layer.ts";

/** Options for {@linkcode dense}. */
export interface DenseOptions {
  /** Number of outputs k. */
  outputs: number;
}

/**
 * A dense layer `Y = X·Wᵀ + b`: `weight` `[k, d]` and `bias` `[k]`, PyTorch's `nn.Linear`.
 *
 * @throws {RangeError} unless outputs is an integer ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(dense({ outputs: 10 }).shaped({ shape: [784] }).multiplyAdds, 7840);
 * ```
 */
export function dense({ outputs }: DenseOptions): Layer {
  checkCount("dense", "outputs", outputs);
  return {
    name: `dense ${outputs}`,
    form: { kind: "dense" },
    shaped(extent) {
      const inputs = featuresOf(extent);
      return shapedLayer({
        output: { shape: [outputs] },
        parameters: [
          {
            name: "weight",
            shape: [outputs, inputs],
            image: extent.image,
            start: { kind: "weight", fanIn: inputs, fanOut: outputs },
            trained: true,
          },
          { name: "bias", shape: [outputs], start: { kind: "bias", fanIn: inputs }, trained: true },
        ],
        multiplyAdds: inputs * outputs,
        forward(core, { input, output, parameters: { weight, bias } }) {
          core.dense({ input, weight, bias, output });
        },
        backward(core, { input, outputGradient, inputGradient, parameters, gradients }) {
          core.denseGradient({
            input,
            outputGradient,
            weight: inputGradient && parameters.weight,
            weightGradient: gradients.weight,
            biasGradient: gradients.bias,
            inputGradient,
          });
        },
      });
    },
  };
}
