/**
 * What the optimisers with a second moment divide their steps by.
 *
 * @module
 */
import { flag } from "./common.ts";
import type { Hyperparameter } from "./optimizer.ts";
import type { Denominator } from "./rules.ts";

/** The hyperparameters of a denominator. */
export const EPSILON = {
  epsilon: {
    default: 1e-8,
    minimum: 1e-30,
    maximum: 1,
    description: "ε: added to the root of the second moment",
  },
  epsilonInside: flag(false, "whether ε is added under the root instead"),
} satisfies Record<string, Hyperparameter>;

/**
 * The denominator `√(v/b) + ε`, or `√(v/b + ε)` with ε inside.
 *
 * @param bias b: what corrects the bias of v, 1 − β₂ᵗ, or 1.
 */
export function denominator(
  { epsilon, epsilonInside }: Readonly<Record<keyof typeof EPSILON, number>>,
  bias: number,
): Denominator {
  return epsilonInside
    ? { rootGain: 1 / bias, rootShift: epsilon, rootScale: 1, epsilon: 0 }
    : { rootGain: 1, rootShift: 0, rootScale: 1 / Math.sqrt(bias), epsilon };
}

/** The denominator as TeX. */
export function denominatorFormula(
  { epsilonInside }: Readonly<Record<keyof typeof EPSILON, number>>,
  secondMoment: string,
): string {
  return epsilonInside
    ? String.raw`\sqrt{${secondMoment} + \varepsilon}`
    : String.raw`\sqrt{${secondMoment}} + \varepsilon`;
}
