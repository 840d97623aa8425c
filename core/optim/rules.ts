/**
 * The elementwise updates that a core computes for optimisers.
 *
 * Every rule begins with the two forms of weight decay, for each element alone:
 *
 * - `g ← fma(l2, θ, g)`: coupled, the gradient of `l2/2·θ²` (skipped when `l2` is 0);
 * - `θ ← fma(−decay, θ, θ)`: decoupled (Loshchilov & Hutter 2019; skipped when `decay` is 0).
 *
 * `l2` uses θ from before the decay. The scalars are computed in binary64 by the optimiser and
 * rounded to binary32 by the core as they are used.
 *
 * @module
 */

/** Weight decay of a step. */
export interface Decay {
  /** Coefficient of the coupled L2 penalty's gradient. */
  l2: number;
  /** Share of θ that the step takes off: usually learning rate × weight decay. */
  decay: number;
}

/** `θ ← fma(−learningRate, g, θ)`. No slot. */
export interface SgdRule extends Decay {
  kind: "sgd";
  learningRate: number;
}

/**
 * `v ← fma(momentum, v, gain × g)`; `θ ← fma(−learningRate, d, θ)` with `d = v`, or
 * `d = fma(lookahead, v, g)` where `lookahead` is not 0 (Nesterov). Slots: v.
 */
export interface MomentumRule extends Decay {
  kind: "momentum";
  learningRate: number;
  momentum: number;
  /** What the gradient weighs: 1, or 1 − momentum for a moving average. */
  gain: number;
  lookahead: number;
}

/**
 * What a step is divided by: `fma(√fma(v, rootGain, rootShift), rootScale, epsilon)`, so that ε may
 * stand outside the root or inside.
 */
export interface Denominator {
  rootGain: number;
  rootShift: number;
  rootScale: number;
  epsilon: number;
}

/**
 * `m ← fma(beta1, m, gain1 × g)`; `v ← fma(beta2, v, (gain2 × g) × g)`;
 * `θ ← fma(−stepSize, d ÷ denominator, θ)` with `d = m`, or `d = fma(gradientShare, g, m)` where
 * `gradientShare` is not 0 (Nadam). Slots: m, v.
 */
export interface AdamRule extends Decay, Denominator {
  kind: "adam";
  beta1: number;
  /** 1 − beta1. */
  gain1: number;
  beta2: number;
  /** 1 − beta2. */
  gain2: number;
  /** Learning rate, with what corrects the bias of m. */
  stepSize: number;
  /** What the gradient weighs beside m in the direction of the step. */
  gradientShare: number;
}

/**
 * `v ← fma(beta2, v, (gain2 × g) × g)`; `b ← fma(momentum, b, g ÷ denominator)`;
 * `θ ← fma(−learningRate, b, θ)`. Slots: v, b.
 */
export interface RmspropRule extends Decay, Denominator {
  kind: "rmsprop";
  learningRate: number;
  beta2: number;
  /** 1 − beta2. */
  gain2: number;
  momentum: number;
}

/**
 * `c = fma(beta1, m, gain1 × g)`; `θ ← fma(−learningRate, sign(c), θ)`;
 * `m ← fma(beta2, m, gain2 × g)`. `sign` keeps zeros and NaN. Slots: m.
 */
export interface LionRule extends Decay {
  kind: "lion";
  learningRate: number;
  beta1: number;
  /** 1 − beta1. */
  gain1: number;
  beta2: number;
  /** 1 − beta2. */
  gain2: number;
}

/** One step of an update, with its scalars. */
export type UpdateRule = SgdRule | MomentumRule | AdamRule | RmspropRule | LionRule;

/** How many slots each rule has. */
export const SLOTS: Readonly<Record<UpdateRule["kind"], number>> = {
  sgd: 0,
  momentum: 1,
  adam: 2,
  rmsprop: 2,
  lion: 1,
};
