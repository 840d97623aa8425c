import type { Hyperparameter } from "../optimizer.ts";

/** A part of the learning rate, or of the training. */
export function share(value: number, description: string): Hyperparameter {
  return { default: value, minimum: 0, maximum: 1, description };
}

/** What the rate is multiplied by again and again. */
export function decayFactor(value: number, description: string): Hyperparameter {
  return { default: value, minimum: 0, maximum: 1, exclusive: "minimum", description };
}

/** A number of epochs, at least 1. */
export function epochCount(value: number, description: string): Hyperparameter {
  return { default: value, minimum: 1, maximum: 10_000, integer: true, description };
}
