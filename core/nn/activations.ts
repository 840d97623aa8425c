/**
 * The elementwise functions between layers that a core computes, with their derivatives.
 *
 * Each is a sequence of roundings as `core/ops.ts` defines them; `exp32`, `tanh32` and `erf32` are
 * those of `core/math`. A NaN stays one, so that a training that diverges is seen. In the
 * gradients, x is the function's argument, y its value and g the loss's gradient by y.
 *
 * @module
 */

/** `y = 1 ÷ (1 + exp32(−x))`; gradient `g × (y × (1 − y))`. */
export interface Sigmoid {
  kind: "sigmoid";
}

/** `y = tanh32(x)`; gradient `g × fma(−y, y, 1)`. */
export interface Tanh {
  kind: "tanh";
}

/** `y = +0` where x ≤ 0, else x; gradient `+0` where x ≤ 0, else g (Nair & Hinton 2010). */
export interface Relu {
  kind: "relu";
}

/**
 * `y = slope × x` where x ≤ 0, else x; gradient `slope × g` where x ≤ 0, else g (Maas, Hannun & Ng
 * 2013).
 */
export interface LeakyRelu {
  kind: "leakyRelu";
  slope: number;
}

/**
 * `y = α × (exp32(x) − 1)` where x ≤ 0, else x; gradient `g × (y + α)` where x ≤ 0, else g
 * (Clevert, Unterthiner & Hochreiter 2016).
 */
export interface Elu {
  kind: "elu";
  alpha: number;
}

/**
 * `y = x × Φ` with `Φ = 0.5 × (1 + erf32(x × √½))`; gradient `g × fma(x, φ, Φ)` with
 * `φ = exp32((−0.5 × x) × x) × (1/√(2π))`, both constants rounded to binary32 (Hendrycks & Gimpel
 * 2016).
 */
export interface Gelu {
  kind: "gelu";
}

/** An activation with its parameters, which a core rounds to binary32. */
export type Activation = Sigmoid | Tanh | Relu | LeakyRelu | Elu | Gelu;
