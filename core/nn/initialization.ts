import type { Random } from "../random/stream.ts";
import { sizeOf } from "../handle.ts";
import type { ParameterSpec } from "./layers/layer.ts";

/** How many numbers go into one of a layer, and how many of the next one goes into. */
interface Fans {
  fanIn: number;
  fanOut: number;
}

/** Where numbers start: uniform in [−bound, bound), normal, or all the same. */
type Distribution = { bound: number } | { deviation: number } | { value: number };

/** A way to start weights and biases. */
interface Scheme {
  weight(fans: Fans): Distribution;
  bias(fanIn: number): Distribution;
}

const ZERO: Distribution = { value: 0 };

/**
 * How parameters start, by name. `xavier` and `he` keep the variance of what passes through layers,
 * He's where a rectifier takes half of it; their biases are zero.
 */
export const INITIALIZATIONS = {
  /** PyTorch's for dense layers and convolutions: both in ±1/√fanIn. */
  uniform: {
    weight: ({ fanIn }) => ({ bound: 1 / Math.sqrt(fanIn) }),
    bias: (fanIn) => ({ bound: 1 / Math.sqrt(fanIn) }),
  },
  /** In ±√(6/(fanIn + fanOut)) (Glorot & Bengio 2010). */
  xavierUniform: {
    weight: ({ fanIn, fanOut }) => ({ bound: Math.sqrt(6 / (fanIn + fanOut)) }),
    bias: () => ZERO,
  },
  /** With variance 2/(fanIn + fanOut) (Glorot & Bengio 2010). */
  xavierNormal: {
    weight: ({ fanIn, fanOut }) => ({ deviation: Math.sqrt(2 / (fanIn + fanOut)) }),
    bias: () => ZERO,
  },
  /** In ±√(6/fanIn) (He et al. 2015). */
  heUniform: {
    weight: ({ fanIn }) => ({ bound: Math.sqrt(6 / fanIn) }),
    bias: () => ZERO,
  },
  /** With variance 2/fanIn (He et al. 2015). */
  heNormal: {
    weight: ({ fanIn }) => ({ deviation: Math.sqrt(2 / fanIn) }),
    bias: () => ZERO,
  },
  zeros: { weight: () => ZERO, bias: () => ZERO },
} satisfies Record<string, Scheme>;

/** Name of an initialisation. */
export type Initialization = keyof typeof INITIALIZATIONS;

/**
 * First values of an array of parameters, in the order in which it is saved.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../random/stream.ts";
 *
 * const start = { kind: "weight", fanIn: 6, fanOut: 4 } as const;
 * const values = initialValues({ shape: [4, 6], start }, "heUniform", stream(1, "init"));
 * assert.equal(values.length, 24);
 * assert.ok(values.every((value) => Math.abs(value) <= 1)); // √(6/6)
 * ```
 */
export function initialValues(
  { shape, start }: Pick<ParameterSpec, "shape" | "start">,
  initialization: Initialization,
  random: Random,
): Float32Array<ArrayBuffer> {
  const data = new Float32Array(sizeOf(shape));
  const scheme: Scheme = INITIALIZATIONS[initialization];
  const from = start.kind === "constant"
    ? { value: start.value }
    : start.kind === "weight"
    ? scheme.weight(start)
    : scheme.bias(start.fanIn);
  if ("value" in from) return data.fill(from.value);
  for (let i = 0; i < data.length; i++) {
    data[i] = "bound" in from
      ? (2 * random.float32() - 1) * from.bound
      : random.normal() * from.deviation;
  }
  return data;
}
