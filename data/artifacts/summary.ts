import type { WindowLayout } from "../../core/nn/row_windows.ts";

/** Why a training ended. */
export type StopReason = "patience" | "maximum" | "converged" | "diverged";

/** What early stopping watches, on the validation partition. */
export type Monitor = "validationLoss" | "validationAccuracy";

/** Losses in nats and accuracies of one epoch, at its end. */
export interface EpochScores {
  validationLoss: number;
  validationAccuracy: number;
  /** Mean over the epoch, each sample seen with the weights of its step. */
  trainLoss: number;
  /** As {@linkcode EpochScores.trainLoss}. */
  trainAccuracy: number;
}

/** Mean losses in nats by the names of classes; `null` of a class without images. */
export type ClassLosses = Readonly<Record<string, number | null>>;

/** What regularises a training besides the optimiser's weight decay, early stopping and layers. */
export interface TrainingRegularization {
  /** λ₁ of the penalty λ₁·‖θ‖₁; 0 for none. */
  l1: number;
  l1Form: "proximal" | "subgradient";
  /** Whether penalties also bind biases and batch normalisation's numbers. */
  penalizeBiases: boolean;
  /** Weight decay of the last layer's row of some classes, by name. */
  weightDecayByClass: Readonly<Record<string, number>>;
  clipNorm: number | null;
  clipValue: number | null;
  labelSmoothing: number;
  classWeights: "none" | "balanced" | Readonly<Record<string, number>>;
  /** MixUp's α; 0 for none. */
  mixUp: number;
}

/** The artifact `summary`: one training, or one fit in one go. */
export type HeadSummary = TrainingSummary | FittedSummary;

/** One fit of a head that has no epochs and no optimiser. */
export interface FittedSummary {
  /** Tells it from a training. */
  fitted: true;
  /** Name of the head. */
  head: string;
  /** Its options. */
  headOptions: Record<string, unknown>;
  /** What it drew by; `null` for a head that draws nothing. */
  seed: number | null;
  /** The fitted head's scores on the validation partition; the loss is the log loss of the metrics. */
  best: Pick<EpochScores, "validationLoss" | "validationAccuracy">;
  /** Of a forest on bootstrap samples: accuracy on training images by the trees without them. */
  outOfBag: { samples: number; accuracy: number } | null;
  /** Training images. */
  images: number;
  /** Numbers in `weights`. */
  parameters: number;
}

/** Whether a head was fitted in one go. */
export function isFitted(summary: HeadSummary | null): summary is FittedSummary {
  return summary !== null && "fitted" in summary;
}

/** Whether a head was trained by mini-batches. */
export function isTrained(summary: HeadSummary | null): summary is TrainingSummary {
  return summary !== null && !isFitted(summary);
}

/** One training by mini-batches. */
export interface TrainingSummary {
  /** Name of the head. */
  head: string;
  /** What the head was made with besides its sizes: layers, activation, batch norm, dropout. */
  headOptions: Record<string, unknown>;
  optimizer: string;
  /** Every hyperparameter of the optimiser, `learningRate` and `weightDecay` among them. */
  hyperparameters: Record<string, number>;
  learningRate: number;
  weightDecay: number;
  regularization?: TrainingRegularization;
  /** Which epoch's weights were kept. */
  keep?: "best" | "last";
  /** How the learning rate changed: a schedule's name, its values, epochs of linear warm-up. */
  schedule: { name: string; values: Readonly<Record<string, number>>; warmUp: number };
  batchSize: number;
  seed: number;
  initialization: string;
  monitor: Monitor;
  /** Epochs without improvement that end the training. */
  patience: number;
  /** Most epochs that it may take. */
  maximumEpochs: number;
  /** Epochs that it took, the last one included. */
  epochs: number;
  /** Epoch whose weights are kept, from 1; 0 where no epoch ended with a finite loss. */
  bestEpoch: number;
  /**
   * Epoch after which the model over-fits: that of the least validation loss (the first one), where
   * by the last epoch the validation loss has risen and the training loss has fallen further;
   * `null` otherwise.
   */
  overfitEpoch: number | null;
  stopped: StopReason;
  /** Epoch and step in it, both from 1, with the first loss that is not finite. */
  diverged: { epoch: number; step: number } | null;
  /** Scores of the best epoch; `null` where there is none. */
  best: EpochScores | null;
  /** Mean validation loss of each class's images at that epoch, by name; empty where there is none. */
  validationLosses: ClassLosses;
  /** Of the whole training; validation costs nothing here. */
  steps: number;
  samples: number;
  multiplyAdds: number;
  /** Until the end of the best epoch. */
  stepsToBest: number;
  samplesToBest: number;
  multiplyAddsToBest: number;
  /** Number of trained numbers. */
  parameters: number;
  /**
   * How the embeddings were read where they are too large to hold: an epoch's order was drawn within
   * windows of shards of rows. `null` where it was drawn from all of them.
   */
  windows: WindowLayout | null;
  /** Params of `train.fit`, so that the training can be run again; missing where others trained. */
  settings?: Readonly<Record<string, unknown>>;
}
