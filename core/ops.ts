/**
 * The contract of a core: what it holds, the operations that it computes, and their exact bits.
 *
 * A core owns arrays and computes on them. Callers hold {@linkcode Tensor} handles and name an
 * output for each operation; nothing is returned, so a core may queue the work (a GPU does).
 * {@linkcode Core.download} waits for all that came before it.
 *
 * ### Exactness
 *
 * Every core gives the same bits. All arithmetic is IEEE 754 binary32, rounded to nearest even,
 * subnormals kept. `fma(a, b, c)` is a·b + c rounded once. Each formula below is a sequence of
 * roundings: `fma` where it says so, and one rounding for every other `+ − × ÷ √`. `Σ` names one
 * accumulator per output element and its index ascends by one from 0: threads and vectors share
 * out elements, never a sum. `exp32` and `log32` are those of `core/math`. NaNs have no payload:
 * {@linkcode Core.download} returns the canonical one (`0x7fc00000`).
 *
 * ### Errors
 *
 * What can be known without reading an array is checked in the call, the same way by every core
 * (`core/operands.ts`): ranks, shapes, types, freed handles, tensors of another core. Values are
 * checked where they enter, in `upload` and `write`: a NaN or an infinity among floats, an integer
 * outside `[0, below)`. As an integer tensor carries its bound, a label or an index out of range
 * cannot reach an operation. Results are not checked: a training that diverges shows as a loss
 * that is not finite.
 *
 * @module
 */
import type { Activation } from "./nn/activations.ts";
import type { Mixture, Penalty, Shrinkage } from "./optim/penalty.ts";
import type { UpdateRule } from "./optim/rules.ts";
import type { DropoutMask } from "./random/dropout_mask.ts";
import type { Window } from "./window.ts";

/** Sizes of an array's axes, row-major: `[rows, columns]`. */
export type Shape = readonly number[];

/** An array of binary32 numbers that a core holds. */
export interface FloatTensor {
  readonly type: "f32";
  readonly shape: Shape;
}

/** An array of integers that a core holds, each in `[0, below)`: class labels, row numbers. */
export interface IntegerTensor {
  readonly type: "i32";
  readonly shape: Shape;
  readonly below: number;
}

/** An array that a core holds. Handles are opaque: only their core reads what is behind them. */
export type Tensor = FloatTensor | IntegerTensor;

/** Options for {@linkcode Core.upload}. */
export interface UploadOptions {
  /** What the array is, for messages: `embeddings`. Default: `tensor`. */
  name?: string;
  /** Lets NaN and infinities in. Default: false. */
  allowNonFinite?: boolean;
}

/** Options for {@linkcode Core.uploadIntegers}. */
export interface UploadIntegersOptions {
  /** What the array is, for messages: `labels`. Default: `tensor`. */
  name?: string;
  /** Exclusive upper bound of the values. */
  below: number;
}

/** Operands of {@linkcode Core.gatherRows}. */
export type GatherRows =
  | { source: FloatTensor; indices: IntegerTensor; output: FloatTensor }
  | { source: IntegerTensor; indices: IntegerTensor; output: IntegerTensor };

/** Operands of {@linkcode Core.dense}. */
export interface Dense {
  /** X `[n, d]`. */
  input: FloatTensor;
  /** W `[k, d]`, PyTorch's layout. */
  weight: FloatTensor;
  /** b `[k]`; +0 without. */
  bias?: FloatTensor;
  /** Y `[n, k]`, written. */
  output: FloatTensor;
}

/** Operands of {@linkcode Core.denseGradient}; an output that is not named is not computed. */
export interface DenseGradient {
  /** G `[n, k]`, the loss's gradient by the layer's output. */
  outputGradient: FloatTensor;
  /** X `[n, d]`; needed for `weightGradient`. */
  input?: FloatTensor;
  /** W `[k, d]`; needed for `inputGradient`. */
  weight?: FloatTensor;
  /** dW `[k, d]`, written. */
  weightGradient?: FloatTensor;
  /** db `[k]`, written. */
  biasGradient?: FloatTensor;
  /** dX `[n, d]`, written. */
  inputGradient?: FloatTensor;
}

/** Operands of {@linkcode Core.softmax}. */
export interface Softmax {
  /** Z `[n, k]`. */
  logits: FloatTensor;
  /** P `[n, k]`, written; may be the logits themselves. */
  probabilities: FloatTensor;
}

/** Operands of {@linkcode Core.softmaxCrossEntropy}. */
export interface SoftmaxCrossEntropy {
  /** Z `[n, k]`. */
  logits: FloatTensor;
  /** y `[n]`, `below` at most k. */
  labels: IntegerTensor;
  /** ℓ `[n]`, written: the loss of each row in nats. */
  losses?: FloatTensor;
  /** G `[n, k]`, written: gradient of the rows' mean loss; may be the logits themselves. */
  gradient?: FloatTensor;
}

/** Operands of {@linkcode Core.softTargetCrossEntropy}. */
export interface SoftTargetCrossEntropy extends SoftmaxCrossEntropy {
  /** ε, the share of the target that all classes divide, in [0, 1). Default: 0. */
  smoothing?: number;
  /** w `[k]`, what a sample of each class weighs. Default: 1. */
  classWeights?: FloatTensor;
  /** y′ `[n]`, `below` at most k: labels of the samples that were mixed in. Default: none. */
  others?: IntegerTensor;
  /** How much of each label; needed with `others`. */
  mixture?: Mixture;
}

/** Operands of {@linkcode Core.mix}; of one shape. */
export interface Mix {
  /** X. */
  input: FloatTensor;
  /** X′. */
  others: FloatTensor;
  mixture: Mixture;
  /** Y, written; may be X or X′ itself. */
  output: FloatTensor;
}

/** Operands of {@linkcode Core.sumSquares}. */
export interface SumSquares {
  /** Any shape. */
  input: FloatTensor;
  /** `[64]`, read and written. */
  sums: FloatTensor;
  /** Whether the sums begin at +0 rather than where they are. */
  anew: boolean;
}

/** Operands of {@linkcode Core.clipFactor}. */
export interface ClipFactor {
  /** `[64]`, as {@linkcode Core.sumSquares} left them. */
  sums: FloatTensor;
  /** Greatest norm, above 0. */
  limit: number;
  /** `[1]`, written. */
  factor: FloatTensor;
}

/** Operands of {@linkcode Core.penalize}. */
export interface Penalize {
  /** θ, read; written where the penalty decays it. */
  parameters: FloatTensor;
  /** g, of the same shape, read and written. */
  gradient: FloatTensor;
  penalty: Penalty;
  /** c `[r]`, of each row of θ `[r, …]`. Default: 1. */
  coefficients?: FloatTensor;
  /** `[1]`, what g is multiplied by. Default: nothing. */
  factor?: FloatTensor;
}

/** Operands of {@linkcode Core.shrink}. */
export interface Shrink {
  /** θ, read and written. */
  parameters: FloatTensor;
  shrinkage: Shrinkage;
}

/** Operands of {@linkcode Core.argmax}. */
export interface ArgMax {
  /** X `[n, k]`, k at least 1. */
  input: FloatTensor;
  /** `[n]`, written; `below` at least k. */
  output: IntegerTensor;
}

/** Operands of {@linkcode Core.columnSums}. */
export interface ColumnSums {
  /** X `[n, k]`. */
  input: FloatTensor;
  /** `[k]`, written. */
  output: FloatTensor;
}

/** Operands of {@linkcode Core.update}; all of one shape. */
export interface Update {
  /** θ, read and written. */
  parameters: FloatTensor;
  /** g, the loss's gradient by θ. */
  gradient: FloatTensor;
  /** The optimiser's state, read and written: as many as the rule has. */
  slots: readonly FloatTensor[];
  /** Which update, with its scalars for this step. */
  rule: UpdateRule;
}

/** Operands of {@linkcode Core.activate}; of one shape. */
export interface Activate {
  /** x. */
  input: FloatTensor;
  /** y, written. */
  output: FloatTensor;
  activation: Activation;
}

/** Operands of {@linkcode Core.activationGradient}; of one shape. */
export interface ActivationGradient {
  /** x, as in the forward pass. */
  input: FloatTensor;
  /** y, as the forward pass wrote it. */
  output: FloatTensor;
  /** g. */
  outputGradient: FloatTensor;
  /** The loss's gradient by x, written; may be the output's gradient itself. */
  inputGradient: FloatTensor;
  activation: Activation;
}

/** Operands of {@linkcode Core.batchStatistics}. */
export interface BatchStatistics {
  /** X `[n, k]`, n at least 1. */
  input: FloatTensor;
  /** `[k]`, written. */
  mean: FloatTensor;
  /** `[k]`, written: of the population, divided by n. */
  variance: FloatTensor;
}

/** Operands of {@linkcode Core.normalize}. */
export interface Normalize {
  /** X `[n, k]`. */
  input: FloatTensor;
  /** `[k]`. */
  mean: FloatTensor;
  /** `[k]`. */
  variance: FloatTensor;
  /** γ `[k]`. */
  scale: FloatTensor;
  /** β `[k]`. */
  shift: FloatTensor;
  /** Added to the variance; greater than 0. */
  epsilon: number;
  /** Y `[n, k]`, written. */
  output: FloatTensor;
}

/** Operands of {@linkcode Core.normalizeGradient}. */
export interface NormalizeGradient {
  /** X `[n, k]`, n at least 1. */
  input: FloatTensor;
  /** `[k]`: the mean of this very input. */
  mean: FloatTensor;
  /** `[k]`: the variance of this very input. */
  variance: FloatTensor;
  /** γ `[k]`. */
  scale: FloatTensor;
  epsilon: number;
  /** G `[n, k]`. */
  outputGradient: FloatTensor;
  /** dγ `[k]`, written. */
  scaleGradient: FloatTensor;
  /** dβ `[k]`, written. */
  shiftGradient: FloatTensor;
  /** dX `[n, k]`, written. */
  inputGradient?: FloatTensor;
}

/** Operands of {@linkcode Core.moveAverage}; of one shape. */
export interface MoveAverage {
  /** a, read and written. */
  average: FloatTensor;
  /** v. */
  value: FloatTensor;
  /** How far the average moves towards the value, in [0, 1]. */
  rate: number;
  /** By what the value is multiplied before. */
  factor: number;
}

/** Operands of {@linkcode Core.dropout}; of one shape. */
export interface Dropout {
  /** x, or in the backward pass the output's gradient. */
  input: FloatTensor;
  /** Written; may be the input itself. */
  output: FloatTensor;
  mask: DropoutMask;
}

/** Operands of {@linkcode Core.patches}. */
export interface Patches {
  /** X `[n, h, w, c]`. */
  input: FloatTensor;
  window: Window;
  /** `[n·oh·ow, kh·kw·c]`, written; oh and ow are `windowsAlong` height and width. */
  output: FloatTensor;
}

/** Operands of {@linkcode Core.patchesGradient}. */
export interface PatchesGradient {
  /** G `[n·oh·ow, kh·kw·c]`. */
  outputGradient: FloatTensor;
  window: Window;
  /** dX `[n, h, w, c]`, written. */
  inputGradient: FloatTensor;
}

/** Operands of {@linkcode Core.maxPool} and {@linkcode Core.averagePool}. */
export interface Pool {
  /** X `[n, h, w, c]`. */
  input: FloatTensor;
  window: Window;
  /** Y `[n, oh, ow, c]`, written. */
  output: FloatTensor;
}

/** Operands of {@linkcode Core.maxPoolGradient}. */
export interface MaxPoolGradient {
  /** X `[n, h, w, c]`, as in the forward pass. */
  input: FloatTensor;
  window: Window;
  /** G `[n, oh, ow, c]`. */
  outputGradient: FloatTensor;
  /** dX `[n, h, w, c]`, written. */
  inputGradient: FloatTensor;
}

/** Operands of {@linkcode Core.averagePoolGradient}. */
export interface AveragePoolGradient {
  window: Window;
  /** G `[n, oh, ow, c]`. */
  outputGradient: FloatTensor;
  /** dX `[n, h, w, c]`, written. */
  inputGradient: FloatTensor;
}

/** What may change from step to step of {@linkcode Core.repeat}. */
export type Rule = UpdateRule | DropoutMask | Penalty | Shrinkage | Mixture;

/** One step of {@linkcode Core.repeat}: what differs between step i and the next, i = 0, 1, …. */
export interface Step {
  /**
   * Rows `i·size` to `(i+1)·size` of an array, without a copy; valid within the body.
   *
   * @throws {RangeError} unless the rows of all steps are there.
   */
  rows<T extends Tensor>(tensor: T, size: number): T;
  /** A rule, a mask, a penalty, … with the numbers of step i; all of one kind. */
  rule<R extends Rule>(of: (i: number) => R): R;
}

/**
 * Arrays and the operations on them.
 *
 * @example One step of softmax regression by hand
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "./reference/core.ts";
 *
 * const core = createReferenceCore();
 * const x = core.upload(new Float32Array([1, 2, 3, 4]), [2, 2]);
 * const y = core.uploadIntegers(new Int32Array([0, 1]), [2], { below: 2 });
 * const weight = core.tensor([2, 2]);
 * const logits = core.tensor([2, 2]);
 * const losses = core.tensor([2]);
 * core.dense({ input: x, weight, output: logits });
 * core.softmaxCrossEntropy({ logits, labels: y, losses, gradient: logits });
 * const [first, second] = await core.download(losses);
 * assert.ok(Math.abs(first - Math.LN2) < 1e-6 && first === second);
 * ```
 */
export interface Core extends Disposable {
  /** Which implementation this is, for messages and records: `reference`, `wasm (fused)`. */
  readonly name: string;

  /** A new array of +0. */
  tensor(shape: Shape): FloatTensor;
  /**
   * A new array of zeros whose values will stay in `[0, below)`.
   *
   * @throws {RangeError} unless `below` is an integer in `[1, 2³¹)`.
   */
  integers(shape: Shape, below: number): IntegerTensor;
  /**
   * A new array with these values.
   *
   * @throws {RangeError} if their number is not that of the shape, or one is not finite.
   */
  upload(data: Float32Array, shape: Shape, options?: UploadOptions): FloatTensor;
  /**
   * A new array with these values.
   *
   * @throws {RangeError} if their number is not that of the shape, or one is outside `[0, below)`.
   */
  uploadIntegers(data: Int32Array, shape: Shape, options: UploadIntegersOptions): IntegerTensor;
  /** Replaces an array's values, with the checks of an upload. */
  write(tensor: FloatTensor, data: Float32Array, options?: UploadOptions): void;
  writeIntegers(tensor: IntegerTensor, data: Int32Array, name?: string): void;
  /** Waits for all earlier operations and reads an array; NaNs come back canonical. */
  download(tensor: FloatTensor): Promise<Float32Array<ArrayBuffer>>;
  downloadIntegers(tensor: IntegerTensor): Promise<Int32Array<ArrayBuffer>>;
  /**
   * Rows `from` (inclusive) to `to` (exclusive) of an array, without a copy: what is written to the
   * view is written to the array. Freeing a view does nothing; freeing the array frees its views.
   *
   * @throws {RangeError} unless 0 ≤ from ≤ to ≤ rows.
   */
  rows<T extends Tensor>(tensor: T, from: number, to: number): T;
  /**
   * The same elements with other axes, without a copy: a view, as {@linkcode Core.rows} gives.
   *
   * @throws {RangeError} unless the shape has as many elements.
   */
  reshape<T extends Tensor>(tensor: T, shape: Shape): T;
  /** Copies an array's values into one of the same shape. */
  copy(from: FloatTensor, to: FloatTensor): void;
  /** Gives an array's memory back; using it afterwards is an error. */
  free(tensor: Tensor): void;
  /** Frees every array. */
  reset(): void;
  /** Frees all that it holds, its threads or its device too; the core is not used afterwards. */
  dispose(): void;

  /**
   * `output[i] = source[indices[i]]`, whole rows: assembles a mini-batch from resident samples.
   * Shapes: source `[n, …]`, indices `[m]` with `below` at most n, output `[m, …]`.
   */
  gatherRows(operands: GatherRows): void;
  /**
   * A dense layer: `Y[i,j] = Σ_p fma(X[i,p], W[j,p], ·)`, the accumulator starting at b[j] (+0
   * without bias), p = 0 … d−1.
   */
  dense(operands: Dense): void;
  /**
   * Gradients of a dense layer, each accumulator starting at +0:
   *
   * - `dW[j,p] = Σ_i fma(G[i,j], X[i,p], ·)`, i = 0 … n−1;
   * - `db[j] = Σ_i (· + G[i,j])`, i = 0 … n−1;
   * - `dX[i,p] = Σ_j fma(G[i,j], W[j,p], ·)`, j = 0 … k−1.
   */
  denseGradient(operands: DenseGradient): void;
  /**
   * Softmax of each row, stable (Goodfellow et al. 2016, §4.1):
   *
   * - m = the greatest logit: from Z[i,0], replaced by each later one that is greater;
   * - e[j] = exp32(Z[i,j] − m); s = Σ_j (· + e[j]) from +0;
   * - P[i,j] = e[j] ÷ s.
   */
  softmax(operands: Softmax): void;
  /**
   * Cross-entropy of the softmax with integer labels, and its gradient. With m, e, s and P as in
   * {@linkcode Core.softmax}:
   *
   * - `losses[i] = log32(s) − (Z[i,y] − m)`;
   * - `G[i,j] = (P[i,j] − t) × r`, t = 1 where j = y[i], else 0, and r = 1/n rounded to binary32.
   *
   * The mean loss over any set of rows is the sum of `losses` in binary64, in row order, over their
   * number (`core/nn/mean.ts`).
   */
  softmaxCrossEntropy(operands: SoftmaxCrossEntropy): void;
  /**
   * Cross-entropy of the softmax with soft targets, and its gradient: label smoothing (Szegedy et al.
   * 2016), weights of classes, labels of mixed samples (MixUp, Zhang et al. 2018). With m, s and P
   * as in {@linkcode Core.softmax}, r as in {@linkcode Core.softmaxCrossEntropy}, constants rounded
   * to binary32 and every operation after that:
   *
   * - `a = share × w[y]`, `b = (1 − share) × w[y′]`; without others `a = w[y]`, `b = 0`; `W = a + b`;
   * - `base = W × (ε/k)`, `A = (1 − ε) × a`, `B = (1 − ε) × b`;
   * - `S = Σ_j fma(base, Z[i,j] − m, ·)` from +0, where ε is 0 nothing; then
   *   `S ← fma(A, Z[i,y] − m, S)`, and with others `S ← fma(B, Z[i,y′] − m, S)`;
   * - `losses[i] = fma(W, log32(s), −S)`;
   * - `u = fma(W, P[i,j], −base)`, less A where j = y, then less B where j = y′; `G[i,j] = u × r`.
   *
   * So a batch's loss is the mean over its n rows, whatever they weigh, as by Keras's `class_weight`;
   * PyTorch's `CrossEntropyLoss(weight)` divides by the rows' weights instead. With smoothing, the
   * weight of a row's own class binds its whole target, as Keras has it; PyTorch weighs each class's
   * share by that class's weight.
   */
  softTargetCrossEntropy(operands: SoftTargetCrossEntropy): void;
  /** `Y = fma(share, X, (1 − share) × X′)`, both shares rounded to binary32. */
  mix(operands: Mix): void;
  /** `sums[l] ← fma(x, x, sums[l])` for the elements l, l + 64, l + 128, … in this order. */
  sumSquares(operands: SumSquares): void;
  /**
   * What gradients are multiplied by so that their norm stays below a limit (Pascanu et al. 2013), as
   * in PyTorch: `limit ÷ (√(Σ_l (· + sums[l])) + 1e-6)` where it is below 1, else 1.
   */
  clipFactor(operands: ClipFactor): void;
  /** Formulas in `core/optim/penalty.ts`. */
  penalize(operands: Penalize): void;
  /** Formula in `core/optim/penalty.ts`. */
  shrink(operands: Shrink): void;
  /** Column of the greatest value of each row, the first among equals; NaN is never greater. */
  argmax(operands: ArgMax): void;
  /** `output[j] = Σ_i (· + X[i,j])` from +0, i = 0 … n−1. */
  columnSums(operands: ColumnSums): void;
  /** `y = f(x)` for each element alone; formulas in `core/nn/activations.ts`. */
  activate(operands: Activate): void;
  /** The gradient of {@linkcode Core.activate}; formulas in `core/nn/activations.ts`. */
  activationGradient(operands: ActivationGradient): void;
  /**
   * Mean and variance of each column, in two passes; n rounded to binary32, i = 0 … n−1:
   *
   * - `mean[j] = Σ_i (· + X[i,j]) ÷ n` from +0;
   * - `variance[j] = Σ_i fma(c, c, ·) ÷ n` from +0, `c = X[i,j] − mean[j]`.
   */
  batchStatistics(operands: BatchStatistics): void;
  /**
   * Batch normalisation (Ioffe & Szegedy 2015) with given statistics: a batch's own in training,
   * moving averages otherwise. `Y[i,j] = fma(h, γ[j], β[j])` with `h = (X[i,j] − mean[j]) × s` and
   * `s = 1 ÷ √(variance[j] + ε)`.
   */
  normalize(operands: Normalize): void;
  /**
   * Gradients of {@linkcode Core.normalize} where the statistics are those of the input itself. With
   * h and s as there, i = 0 … n−1, n rounded to binary32:
   *
   * - `dβ[j] = Σ_i (· + G[i,j])`, `dγ[j] = Σ_i fma(G[i,j], h, ·)`, both from +0;
   * - `dX[i,j] = fma(−h, dγ[j] ÷ n, G[i,j] − dβ[j] ÷ n) × (γ[j] × s)`.
   */
  normalizeGradient(operands: NormalizeGradient): void;
  /** `a ← fma(rate, factor × v − a, a)`. */
  moveAverage(operands: MoveAverage): void;
  /**
   * Dropout (Srivastava et al. 2014), inverted: x × scale where the mask keeps the element, else +0;
   * mask and scale in `core/random/dropout_mask.ts`. The same on a gradient is its backward pass.
   */
  dropout(operands: Dropout): void;
  /**
   * What a window sees at each of its places (im2col), so that a convolution is a dense layer with
   * weights `[k, kh·kw·c]`: row `(i·oh + y)·ow + x` holds image i's elements under the window at
   * place (y, x), window's rows first, channels last, +0 beyond the image.
   */
  patches(operands: Patches): void;
  /**
   * Gradient of {@linkcode Core.patches} (col2im): each element of dX is the sum (· + G) from +0 over
   * the places whose windows cover it, by ascending y, then x.
   */
  patchesGradient(operands: PatchesGradient): void;
  /**
   * The greatest element under a window, channel by channel: from the first, replaced by each later
   * one that is greater, in the order of the window's rows. What lies beyond the image is passed
   * over; the padding is at most half the window's size.
   */
  maxPool(operands: Pool): void;
  /**
   * Gradient of {@linkcode Core.maxPool}: each element of dX is the sum (· + G) from +0 over the
   * places, by ascending y, then x, where it is the element that was taken.
   */
  maxPoolGradient(operands: MaxPoolGradient): void;
  /**
   * The mean under a window, channel by channel: `Σ (· + X) ÷ (kh·kw)` from +0 in the order of the
   * window's rows. What lies beyond the image counts as zeros, as in PyTorch; padding as in
   * {@linkcode Core.maxPool}.
   */
  averagePool(operands: Pool): void;
  /**
   * Gradient of {@linkcode Core.averagePool}: each element of dX is the sum (· + G ÷ (kh·kw)) from
   * +0 over the places whose windows cover it, by ascending y, then x.
   */
  averagePoolGradient(operands: AveragePoolGradient): void;
  /** One pass of an optimiser over parameters; formulas in `core/optim/rules.ts`. */
  update(operands: Update): void;
  /**
   * Runs a sequence of operations so many times: the steps of an epoch.
   *
   * The body names the operations of one step; what changes from step to step it takes from its
   * argument. A core may ask the body once and repeat what it recorded, so every step must name
   * the same operations, and the body must hold nothing else: no array is made, read, written,
   * copied or freed in it.
   *
   * @throws {RangeError} unless steps is an integer from 0 up.
   * @throws {TypeError} if the body does what it must not.
   *
   * @example Gathers two batches of two rows
   * ```ts
   * import assert from "node:assert/strict";
   * import { createReferenceCore } from "./reference/core.ts";
   *
   * const core = createReferenceCore();
   * const source = core.upload(new Float32Array([0, 1, 2, 3]), [4, 1]);
   * const order = core.uploadIntegers(new Int32Array([3, 0, 2, 1]), [4], { below: 4 });
   * const gathered = core.tensor([4, 1]);
   * core.repeat(2, (step) => {
   *   core.gatherRows({ source, indices: step.rows(order, 2), output: step.rows(gathered, 2) });
   * });
   * assert.deepEqual([...await core.download(gathered)], [3, 0, 2, 1]);
   * ```
   */
  repeat(steps: number, body: (step: Step) => void): void;
}
