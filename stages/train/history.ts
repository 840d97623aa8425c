import type { EpochScores } from "../../data/artifacts/summary.ts";
import { type CsvValue, stringifyCsv } from "../../data/formats/csv.ts";

/** One epoch. */
export interface EpochRecord extends EpochScores {
  /** From 1. */
  epoch: number;
  /** At the epoch's last step. */
  learningRate: number;
  /**
   * The training loss with the penalties λ/2·‖θ‖₂² and λ₁·‖θ‖₁ of what they bind. The loss is that
   * which is brought down, label smoothing, class weights and mixtures included, over the epoch; that
   * at its end where the history is full and none of these makes it another one.
   */
  objective: number;
  /** Σ|θ| over all trained parameters at the epoch's end. */
  absoluteSum: number;
  /** √Σθ² of the same. */
  norm: number;
  /**
   * Norm of each layer's gradient at the last step, by the layer's name: the loss's own, before
   * clipping and penalties.
   */
  gradientNorms: Readonly<Record<string, number>>;
  /** What a full history tells besides. */
  full?: FullRecord;
}

/** A value with the name of what has it: an object would put names such as `0` first. */
export type NamedValue = readonly [name: string, value: number];

/** What is measured at an epoch's end at the cost of further passes over the training images. */
export interface FullRecord {
  trainLoss: number;
  trainAccuracy: number;
  /** Mean loss of each class's images, in the order of the classes; NaN of a class without. */
  trainLosses: readonly NamedValue[];
  validationLosses: readonly NamedValue[];
  /** Share of units that are zero for all training images, by the name of their activation. */
  deadUnits: Readonly<Record<string, number>>;
}

/** What every history tells, also one of a head that has no epochs. */
const SCORES = [
  "epoch",
  "learning_rate",
  "train_loss",
  "train_accuracy",
  "validation_loss",
  "validation_accuracy",
];

/** Writes the artifact `history`. Scores of an epoch that diverged may be NaN or Infinity. */
export function stringifyHistory(epochs: readonly EpochRecord[]): Promise<string> {
  const rows = epochs.map(columns);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return stringifyCsv(
    rows.length === 0 ? SCORES : names,
    rows.map((row) => names.map((name) => row[name] ?? null)),
  );
}

function columns(own: EpochRecord): Record<string, CsvValue> {
  const { full } = own;
  return {
    epoch: own.epoch,
    learning_rate: own.learningRate,
    train_loss: own.trainLoss,
    train_accuracy: own.trainAccuracy,
    validation_loss: own.validationLoss,
    validation_accuracy: own.validationAccuracy,
    objective: own.objective,
    weights_absolute_sum: own.absoluteSum,
    weights_norm: own.norm,
    ...named("gradient_norm", Object.entries(own.gradientNorms)),
    ...(full
      ? {
        train_loss_at_end: full.trainLoss,
        train_accuracy_at_end: full.trainAccuracy,
        ...named("dead_units", Object.entries(full.deadUnits)),
        ...named("train_loss_of", full.trainLosses),
        ...named("validation_loss_of", full.validationLosses),
      }
      : {}),
  };
}

function named(what: string, values: readonly NamedValue[]): Record<string, number> {
  return Object.fromEntries(values.map(([name, value]) => [`${what} ${name}`, value]));
}

/**
 * Epoch after which a model over-fits: that of the least validation loss (the first one), where by
 * the last epoch the validation loss has risen and the training loss has fallen further. `null`
 * otherwise, and where the training diverged before.
 */
export function findOverfitEpoch(epochs: readonly EpochScores[]): number | null {
  const finite = epochs.map((scores, i) => ({ ...scores, epoch: i + 1 })).filter((scores) =>
    Number.isFinite(scores.trainLoss) && Number.isFinite(scores.validationLoss)
  );
  const last = finite.at(-1);
  if (last === undefined) return null;
  const least = finite.reduce((a, b) => b.validationLoss < a.validationLoss ? b : a);
  const overfits = last.validationLoss > least.validationLoss && last.trainLoss < least.trainLoss;
  return overfits ? least.epoch : null;
}
