/**
 * What Adam and AdamW share.
 *
 * @module
 */
import { power } from "../math/power.ts";
import { decayRate, flag } from "./common.ts";
import { denominator, denominatorFormula, EPSILON } from "./denominator.ts";
import type { Hyperparameter } from "./optimizer.ts";
import type { AdamRule, Decay } from "./rules.ts";

/** The decay rates of Adam's moments. */
export const DECAY_RATES = {
  beta1: decayRate(0.9, "β₁: decay rate of the gradient's moving mean"),
  beta2: decayRate(0.999, "β₂: decay rate of the squared gradient's moving mean"),
} satisfies Record<string, Hyperparameter>;

/** The hyperparameters of Adam's moments. */
export const MOMENTS = {
  ...DECAY_RATES,
  ...EPSILON,
  biasCorrection: flag(true, "whether the moments are divided by 1 − βᵗ, as they begin at 0"),
} satisfies Record<string, Hyperparameter>;

type Moments = Readonly<Record<keyof typeof MOMENTS, number>>;

/** Adam's update at a step, its bias corrections computed in binary64. */
export function adamRule(
  values: Moments & Readonly<Record<"learningRate", number>>,
  step: number,
  decay: Decay,
): AdamRule {
  const { learningRate, beta1, beta2, biasCorrection } = values;
  const bias = (beta: number) => biasCorrection ? 1 - power(beta, step) : 1;
  return {
    kind: "adam",
    beta1,
    gain1: 1 - beta1,
    beta2,
    gain2: 1 - beta2,
    stepSize: learningRate / bias(beta1),
    gradientShare: 0,
    ...denominator(values, bias(beta2)),
    ...decay,
  };
}

/** The moments as TeX: two lines of an `aligned`. */
export const MOMENT_LINES = String.raw`m_t &= \beta_1 m_{t-1} + (1-\beta_1)\, g_t \\
v_t &= \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2`;

/** What Adam's step takes off the parameters, as TeX. */
export function adamStepFormula(values: Moments): string {
  const [m, v] = values.biasCorrection
    ? [String.raw`m_t / (1-\beta_1^t)`, String.raw`v_t / (1-\beta_2^t)`]
    : ["m_t", "v_t"];
  return String.raw`\eta\, \frac{${m}}{${denominatorFormula(values, v)}}`;
}
