/**
 * What keeps a training from fitting noise, besides an optimiser's own weight decay, early stopping
 * and layers such as dropout.
 *
 * @module
 */

/** How an L1 penalty enters. */
export type L1Form = "subgradient" | "proximal";

/** What is done to gradients and parameters; with nothing given, nothing. */
export interface Regularization {
  /** λ₁ of the penalty λ₁·‖θ‖₁, at least 0. Default: 0. */
  l1?: number;
  /**
   * `subgradient`: λ₁·sign(θ) is added to the gradient, as frameworks do that differentiate the
   * penalty; parameters then swing about zero. `proximal`: each step ends by moving parameters
   * towards zero by ηλ₁, where they stay, so that they become sparse. Default: `proximal`.
   */
  l1Form?: L1Form;
  /**
   * Whether weight decay and L1 also bind biases and the scales and shifts of batch normalisation.
   * Default: true, as in PyTorch.
   */
  penalizeBiases?: boolean;
  /**
   * λ `[k]`: the weight decay of each class's row of the last layer, in place of the optimiser's,
   * coupled or decoupled as that one is.
   */
  classDecay?: Float32Array;
  /** Greatest norm of the gradient of all parameters (Pascanu et al. 2013). Default: none. */
  clipNorm?: number;
  /** Greatest absolute value of an element of the gradient, once the norm is clipped. Default: none. */
  clipValue?: number;
}

/** What a training's loss is besides the plain cross-entropy. */
export interface TrainingLoss {
  /** ε, the share of each target that all classes divide (Szegedy et al. 2016), in [0, 1). */
  smoothing?: number;
  /**
   * w `[k]`, what a sample of each class weighs. A batch's loss is divided by its number of samples,
   * not by their weights: weights whose mean is not 1 scale its gradient.
   */
  classWeights?: Float32Array<ArrayBuffer>;
}

/** MixUp on embeddings (Zhang et al. 2018): each sample is mixed with another of its batch. */
export interface MixUp {
  /** For each sample of the epoch in its order, the place in that order of its partner. */
  partners: Int32Array;
  /** The share of the sample itself at step t = 0, 1, … of the epoch, in [0, 1]. */
  share(step: number): number;
}
