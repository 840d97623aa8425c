/**
 * What a head is: a model on embeddings that a core holds, trained by mini-batches.
 *
 * Callers hand over an epoch at a time, so that a core may run its steps without coming back.
 *
 * @module
 */
import type { FloatTensor, IntegerTensor, Shape } from "../ops.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Random } from "../random/stream.ts";
import type { StreamedSamples } from "./feature_source.ts";
import type { Initialization } from "./initialization.ts";
import type { LayerForm } from "./layers/layer.ts";
import type { MixUp, Regularization, TrainingLoss } from "./regularization.ts";
import type { RowWindow } from "./row_windows.ts";

/** Labelled samples that a core holds. */
export interface Samples {
  /** X `[n, d]`, one row a sample. */
  features: FloatTensor;
  /** y `[n]`, class indices. */
  labels: IntegerTensor;
  /** Which rows, in which order. Default: all of them as they stand. */
  rows?: Int32Array;
}

/**
 * A head's parameters and running statistics by name, out of the core: what is saved and compared.
 * Names and layouts are those of PyTorch's `state_dict`.
 */
export type Parameters = Record<string, { shape: Shape; data: Float32Array<ArrayBuffer> }>;

/** How a head is trained on each batch. */
export interface TrainingOptions {
  /** Samples a step; the last batch of an epoch may be smaller. Integer ≥ 1. */
  batchSize: number;
  optimizer: Optimizer;
  /** Values of all the optimiser's hyperparameters; may change from epoch to epoch. */
  values: Readonly<Record<string, number>>;
  /** What the learning rate is multiplied by at step t = 0, 1, … of the epoch. Default: 1. */
  rateFactor?(step: number): number;
  /** Default: none but the optimiser's own. */
  regularization?: Regularization;
  /** Default: the plain cross-entropy. */
  loss?: TrainingLoss;
  /** Default: none. */
  mixUp?: MixUp;
}

/** An epoch over samples that the core holds; see {@linkcode Head.trainEpoch}. */
export interface TrainEpochOptions extends Samples, TrainingOptions {
  /** Rows of the epoch in the order of this epoch's shuffle. */
  rows: Int32Array;
}

/** An epoch over samples that are read in windows; see {@linkcode Head.trainEpoch}. */
export interface StreamEpochOptions extends StreamedSamples, TrainingOptions {
  /** The windows of the epoch with their rows, in the order of this epoch's shuffle. */
  windows: readonly RowWindow[];
}

/** What an epoch of training came to, each sample seen with the weights of its step. */
export interface EpochResult {
  /** Mean loss in nats, penalties not counted; not finite when the training diverged. */
  loss: number;
  /** Share of samples whose greatest logit was their label's; of mixed samples, of each label. */
  accuracy: number;
  steps: number;
  samples: number;
  /** Multiply-adds of the epoch's matrix products: those of dense layers and convolutions. */
  multiplyAdds: number;
  /** First step of the epoch, from 1, with a loss that is not finite. */
  divergedAt?: number;
}

/** A head's loss and accuracy on samples. */
export interface Evaluation {
  /** Mean loss in nats. */
  loss: number;
  accuracy: number;
  correct: number;
  samples: number;
  multiplyAdds: number;
  /** Mean loss of each class's samples in nats `[k]`; NaN of a class without. */
  classLosses: Float64Array;
}

/** All that a training needs to go on where it was: see {@linkcode Head.saveTraining}. */
export interface TrainingState {
  parameters: Parameters;
  /** Steps that the optimiser has made. */
  steps: number;
  /** The optimiser's state: for each trained array its slots, with the array's name. */
  slots: Record<string, Float32Array<ArrayBuffer>[]>;
}

/** Units of an activation that are zero for all samples. */
export interface DeadUnits {
  /** The activation's place among the layers, from 0. */
  layer: number;
  /** `1 (relu)`. */
  name: string;
  /** Features, or channels of an image. */
  units: number;
  dead: number;
}

/** A head's answers, in the order of the samples. */
export interface Prediction {
  /** P `[n, k]`, row-major. */
  probabilities: Float32Array<ArrayBuffer>;
  /** Class of the greatest logit `[n]`, the first among equals. */
  predicted: Int32Array<ArrayBuffer>;
  /** Cross-entropy of each sample in nats `[n]`. */
  losses: Float32Array<ArrayBuffer>;
}

/** Options for {@linkcode Head.initialize}. */
export interface InitializeOptions {
  /** How parameters start. Default: `uniform`. */
  initialization?: Initialization;
  /** What dropout draws by, layer by layer (`.sub(layer)`); only a head that drops needs it. */
  dropout?: Random;
}

/** One layer of a head as it stands there, as plain data. */
export interface HeadLayer {
  readonly form: LayerForm;
  /** Names of its arrays in {@linkcode Head.save}, by their names within the layer. */
  readonly arrays: Readonly<Record<string, string>>;
}

/** A trainable model. */
export interface Head {
  /** As study files spell it: `softmax`. */
  readonly name: string;
  /** Shape of one sample: `[d]`, or `[height, width, channels]` of what lies in the rows. */
  readonly inputs: Shape;
  /** Number of classes k. */
  readonly classes: number;
  /** First to last; the last one computes the logits. */
  readonly layers: readonly HeadLayer[];
  /** Number of trained numbers. */
  readonly parameters: number;
  /**
   * Starts anew: parameters by their initialisation, the optimiser's state empty, step 0.
   * Equal streams give equal parameters: they are drawn layer by layer, of each the weights and then
   * the biases, in the order in which they are saved.
   */
  initialize(random: Random, options?: InitializeOptions): void;
  /**
   * Takes parameters, as {@linkcode Head.save} gave them; the optimiser's state starts anew.
   *
   * @throws {RangeError} if one is missing, unknown, or of another shape.
   */
  load(parameters: Parameters): void;
  /** The parameters as they are now. */
  save(): Promise<Parameters>;
  /**
   * One pass over the rows. The optimiser's state lives on from epoch to epoch; another optimiser
   * starts with its own. Streamed or not, the same rows in the same order give the same bits.
   *
   * @throws {RangeError} if the batch size is not an integer ≥ 1, there is no row, or a batch has
   * fewer samples than a layer can be trained on.
   * @throws {TypeError} if a layer drops, and the head was not given what to draw by.
   */
  trainEpoch(options: TrainEpochOptions | StreamEpochOptions): Promise<EpochResult>;
  /**
   * The parameters with the optimiser's state, out of the core; a head that takes them by
   * {@linkcode Head.loadTraining} trains on to the same bits.
   */
  saveTraining(): Promise<TrainingState>;
  /**
   * @throws {RangeError} if an array is missing, unknown, or of another size.
   */
  loadTraining(state: TrainingState, optimizer: Optimizer): void;
  /**
   * Loss and gradient by every trained parameter over all samples at once; nothing changes.
   * Gradients have the names and layouts of {@linkcode Head.save}. Samples must be held by the core.
   *
   * @param loss Default: the plain cross-entropy.
   */
  gradient(
    samples: Samples,
    loss?: TrainingLoss,
  ): Promise<{ loss: number; accuracy: number; gradients: Parameters }>;
  /**
   * Norm of the gradient of each layer that has parameters at the last step, by the layer's place
   * and name (`2 (dense 10)`): the loss's own, before clipping and penalties; empty before the first
   * step.
   */
  gradientNorms(): Record<string, number>;
  /** Units that no sample brings to life, of each ReLU (its channels, after a convolution). */
  deadUnits(samples: Samples | StreamedSamples): Promise<DeadUnits[]>;
  /** Loss and accuracy; nothing changes. */
  evaluate(samples: Samples | StreamedSamples): Promise<Evaluation>;
  /** Probabilities and classes; nothing changes. */
  predict(samples: Samples | StreamedSamples): Promise<Prediction>;
  /** Multiply-adds of so many samples: forward alone, or with the gradients of the parameters. */
  multiplyAdds(samples: number, pass: "evaluate" | "train"): number;
  /** Frees what the head holds in its core. */
  dispose(): void;
}
