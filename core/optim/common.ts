/**
 * Hyperparameters that several optimisers share.
 *
 * @module
 */
import type { Hyperparameter } from "./optimizer.ts";

/** Learning rate with an optimiser's own default. */
export function learningRate(value: number): Hyperparameter {
  return {
    default: value,
    minimum: 0,
    maximum: 1000,
    exclusive: "minimum",
    description: "learning rate η: the size of a step",
  };
}

/** Coefficient of the penalty λ/2·‖θ‖², whose gradient is added to the loss's. */
export const COUPLED_DECAY: Hyperparameter = {
  default: 0,
  minimum: 0,
  maximum: 100,
  description: "weight decay λ, coupled: λθ is added to the gradient, as an L2 penalty does",
};

/** Decoupled weight decay with an optimiser's own default. */
export function decoupledDecay(value: number): Hyperparameter {
  return {
    default: value,
    minimum: 0,
    maximum: 100,
    description: "weight decay λ, decoupled: each step takes ηλθ off the parameters",
  };
}

/** Decay rate of a moving average. */
export function decayRate(value: number, description: string): Hyperparameter {
  return { default: value, minimum: 0, maximum: 1, exclusive: "maximum", description };
}

/** A choice. */
export function flag(value: boolean, description: string): Hyperparameter {
  return { default: Number(value), minimum: 0, maximum: 1, integer: true, flag: true, description };
}

/** Share of a velocity that a step keeps. */
export const MOMENTUM: Hyperparameter = decayRate(
  0.9,
  "momentum μ: the share of the last step's velocity that is kept",
);
