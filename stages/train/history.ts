import type { EpochScores } from "../../data/artifacts/summary.ts";
import { stringifyCsv } from "../../data/formats/csv.ts";

/** One epoch. */
export interface EpochRecord extends EpochScores {
  /** From 1. */
  epoch: number;
  /** At the epoch's last step. */
  learningRate: number;
}

/** Writes the artifact `history`. Scores of an epoch that diverged may be NaN or Infinity. */
export function stringifyHistory(epochs: readonly EpochRecord[]): Promise<string> {
  return stringifyCsv(
    [
      "epoch",
      "learning_rate",
      "train_loss",
      "train_accuracy",
      "validation_loss",
      "validation_accuracy",
    ],
    epochs.map((own) => [
      own.epoch,
      own.learningRate,
      own.trainLoss,
      own.trainAccuracy,
      own.validationLoss,
      own.validationAccuracy,
    ]),
  );
}

/**
 * Epoch after which a model over-fits: that of the least validation loss (the first one), where by
 * the last epoch the validation loss has risen and the training loss has fallen further. `null`
 * otherwise, and where the training diverged before.
 */
export function findOverfitEpoch(epochs: readonly EpochRecord[]): number | null {
  const finite = epochs.filter(({ trainLoss, validationLoss }) =>
    Number.isFinite(trainLoss) && Number.isFinite(validationLoss)
  );
  const last = finite.at(-1);
  if (last === undefined) return null;
  const least = finite.reduce((a, b) => b.validationLoss < a.validationLoss ? b : a);
  const overfits = last.validationLoss > least.validationLoss && last.trainLoss < least.trainLoss;
  return overfits ? least.epoch : null;
}
