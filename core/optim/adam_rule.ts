/**
 * What Adam and AdamW share.
 *
 * @module
 */
import { power } from "../math/power.ts";
import { decayRate } from "./common.ts";
import type { Hyperparameter } from "./optimizer.ts";
import type { AdamRule, Decay } from "./rules.ts";

/** The hyperparameters of Adam's moments. */
export const MOMENTS = {
  beta1: decayRate(0.9, "β₁: decay rate of the gradient's moving mean"),
  beta2: decayRate(0.999, "β₂: decay rate of the squared gradient's moving mean"),
  epsilon: {
    default: 1e-8,
    minimum: 1e-30,
    maximum: 1,
    description: "ε: added to the root of the second moment",
  },
} satisfies Record<string, Hyperparameter>;

/** Adam's update at a step, its bias corrections computed in binary64. */
export function adamRule(
  values: Readonly<Record<"learningRate" | keyof typeof MOMENTS, number>>,
  step: number,
  decay: Decay,
): AdamRule {
  const { learningRate, beta1, beta2, epsilon } = values;
  return {
    kind: "adam",
    beta1,
    gain1: 1 - beta1,
    beta2,
    gain2: 1 - beta2,
    stepSize: learningRate / (1 - power(beta1, step)),
    rootScale: 1 / Math.sqrt(1 - power(beta2, step)),
    epsilon,
    ...decay,
  };
}
