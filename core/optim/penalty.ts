/**
 * What regularisation does to a gradient and to parameters beside an optimiser's own rule; its
 * numbers may change from step to step.
 *
 * @module
 */

/**
 * What is done to a gradient before the update, for each element alone, in this order, with the
 * row's coefficient c (1 where rows have none), products rounded:
 *
 * - `g ← g × factor` where there is one;
 * - `g ← bound`, or `−bound`, where it lies beyond (skipped when `bound` is 0);
 * - `g ← fma(l1, sign(θ), g)`: the subgradient of `l1·|θ|` (skipped when 0); `sign` keeps zeros and
 *   NaN;
 * - `g ← fma(l2 × c, θ, g)` (skipped when 0);
 * - `θ ← fma(−(decay × c), θ, θ)` (skipped when 0), `g` having seen θ from before.
 */
export interface Penalty {
  kind: "penalty";
  bound: number;
  l1: number;
  l2: number;
  decay: number;
}

/**
 * The proximal step of an L1 penalty (Daubechies et al. 2004): θ moves towards zero by `amount`, and
 * stays there: `θ − amount` above it, `θ + amount` below `−amount`, else +0; NaN stays.
 */
export interface Shrinkage {
  kind: "shrinkage";
  amount: number;
}

/** Shares of two samples in a mixture: `share`, and 1 − share. */
export interface Mixture {
  kind: "mixture";
  /** In [0, 1]. */
  share: number;
}
