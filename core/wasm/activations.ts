import type { Activation } from "../nn/activations.ts";

/** The numbers of the kinds in `assembly/activations.ts`. */
const KINDS: Readonly<Record<Activation["kind"], number>> = {
  sigmoid: 0,
  tanh: 1,
  relu: 2,
  leakyRelu: 3,
  elu: 4,
  gelu: 5,
};

/** An activation as its kernels take it: its number, and its parameter or 0. */
export function activationArguments(activation: Activation): [number, number] {
  const parameter = activation.kind === "leakyRelu"
    ? activation.slope
    : activation.kind === "elu"
    ? activation.alpha
    : 0;
  return [KINDS[activation.kind], parameter];
}
