/**
 * Activations and their derivatives, element by element.
 *
 * @module
 */
import { erf32 } from "../math/erf32.ts";
import { exp32 } from "../math/exp32.ts";
import type { MultiplyAdd } from "../math/multiply_add.ts";
import { tanh32 } from "../math/tanh32.ts";
import type { Activation } from "../nn/activations.ts";

const { fround } = Math;

/** √½ and 1/√(2π), rounded to binary32. */
const ROOT_HALF = 0.7071067690849304;
const DENSITY = 0.3989422917366028;

/** Φ(x), the standard normal distribution. */
function normal(x: number, fma: MultiplyAdd): number {
  return fround(0.5 * fround(1 + erf32(fround(x * ROOT_HALF), fma)));
}

/** An activation as a function of x; formulas in `core/nn/activations.ts`. */
export function activation(
  of: Activation,
  fma: MultiplyAdd,
): (x: number) => number {
  switch (of.kind) {
    case "sigmoid":
      return (x) => fround(1 / fround(1 + exp32(-x, fma)));
    case "tanh":
      return (x) => tanh32(x, fma);
    case "relu":
      return (x) => x <= 0 ? 0 : x;
    case "leakyRelu": {
      const slope = fround(of.slope);
      return (x) => x <= 0 ? fround(slope * x) : x;
    }
    case "elu": {
      const alpha = fround(of.alpha);
      return (x) => x <= 0 ? fround(alpha * fround(exp32(x, fma) - 1)) : x;
    }
    case "gelu":
      return (x) => fround(x * normal(x, fma));
  }
}

/** The gradient by x, as a function of x, y and g. */
export function activationGradient(
  of: Activation,
  fma: MultiplyAdd,
): (x: number, y: number, g: number) => number {
  switch (of.kind) {
    case "sigmoid":
      return (_, y, g) => fround(g * fround(y * fround(1 - y)));
    case "tanh":
      return (_, y, g) => fround(g * fma(-y, y, 1));
    case "relu":
      return (x, _, g) => x <= 0 ? 0 : g;
    case "leakyRelu": {
      const slope = fround(of.slope);
      return (x, _, g) => x <= 0 ? fround(slope * g) : g;
    }
    case "elu": {
      const alpha = fround(of.alpha);
      return (x, y, g) => x <= 0 ? fround(g * fround(y + alpha)) : g;
    }
    case "gelu":
      return (x, _, g) => {
        const density = fround(exp32(fround(fround(-0.5 * x) * x), fma) * DENSITY);
        return fround(g * fma(x, density, normal(x, fma)));
      };
  }
}
