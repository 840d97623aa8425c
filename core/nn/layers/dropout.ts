import { type Layer, shapedLayer } from "./layer.ts";

/** Options for {@linkcode dropout}. */
export interface DropoutOptions {
  /** Share of the elements that a step of training drops, in [0, 1). */
  rate: number;
}

/**
 * Dropout (Srivastava et al. 2014), inverted: in training what is kept is multiplied by
 * 1/(1 − rate); in evaluation nothing happens. Masks are those of `core/random/dropout_mask.ts`.
 *
 * @throws {RangeError} if the rate is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(dropout({ rate: 0.5 }).shaped({ shape: [128] }).passesOn("evaluate"), true);
 * ```
 */
export function dropout({ rate }: DropoutOptions): Layer {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(
      `Cannot describe layer dropout as its rate must be in [0, 1): current value is ${rate}`,
    );
  }
  return {
    name: `dropout ${rate}`,
    form: { kind: "dropout", rate },
    shaped: (extent) =>
      shapedLayer({
        output: extent,
        drops: rate > 0,
        inPlace: true,
        passesOn: (mode) => mode === "evaluate" || rate === 0,
        forward(core, { input, output, mask }) {
          core.dropout({ input, output, mask: mask(rate) });
        },
        backward(core, { outputGradient, inputGradient, mask }) {
          if (!inputGradient) return;
          core.dropout({ input: outputGradient, output: inputGradient, mask: mask(rate) });
        },
      }),
  };
}
