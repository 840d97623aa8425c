import type { Activation } from "../activations.ts";
import { type Layer, shapedLayer } from "./layer.ts";

/**
 * An elementwise function between layers, without parameters.
 *
 * @throws {RangeError} if a number of the function is not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(activation({ kind: "leakyRelu", slope: 0.01 }).name, "leakyRelu 0.01");
 * ```
 */
export function activation(of: Activation): Layer {
  const { kind, ...numbers } = of;
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isFinite(value)) continue;
    throw new RangeError(
      `Cannot describe layer ${kind} as ${name} must be finite: current value is ${value}`,
    );
  }
  return {
    name: [kind, ...Object.values(numbers)].join(" "),
    form: of,
    shaped: (extent) =>
      shapedLayer({
        output: extent,
        inPlace: true,
        mayDie: kind === "relu",
        forward(core, { input, output }) {
          core.activate({ input, output, activation: of });
        },
        backward(core, { input, output, outputGradient, inputGradient }) {
          if (!inputGradient) return;
          core.activationGradient({ input, output, outputGradient, inputGradient, activation: of });
        },
      }),
  };
}
