import { methodOf } from "../../core/optim/methods.ts";
import type { EpochScores, TrainingSummary } from "../../data/artifacts/summary.ts";
import type { FitOptions } from "./fit_options.ts";
import type { FitState } from "./fit_state.ts";
import { type EpochRecord, findOverfitEpoch } from "./history.ts";

/** How a training went. */
export interface TrainingOutcome
  extends
    Pick<FitState, "history" | "spent" | "best">,
    Pick<TrainingSummary, "batchSize" | "diverged" | "stopped" | "parameters" | "windows"> {}

/** The artifact `summary` of a training. */
export function summarizeTraining(
  options: FitOptions,
  { history, spent, best, batchSize, diverged, stopped, parameters, windows }: TrainingOutcome,
): TrainingSummary {
  const { hyperparameters, schedule, seed, initialization, monitor } = options;
  const { learningRate, weightDecay } = hyperparameters;
  const { name, ...headOptions } = options.head;
  return {
    head: name,
    headOptions,
    optimizer: methodOf(options.optimizer).name,
    hyperparameters: { ...hyperparameters },
    learningRate,
    weightDecay,
    schedule,
    batchSize,
    seed,
    initialization,
    monitor,
    patience: options.patience,
    maximumEpochs: options.epochs,
    epochs: history.length,
    bestEpoch: best.epoch,
    overfitEpoch: findOverfitEpoch(history),
    stopped,
    diverged,
    best: best.epoch === 0 ? null : scoresOf(history[best.epoch - 1]),
    validationLosses: best.losses,
    ...spent,
    stepsToBest: best.spent.steps,
    samplesToBest: best.spent.samples,
    multiplyAddsToBest: best.spent.multiplyAdds,
    parameters,
    windows,
  };
}

function scoresOf(record: EpochRecord): EpochScores {
  const { trainLoss, trainAccuracy, validationLoss, validationAccuracy } = record;
  return { trainLoss, trainAccuracy, validationLoss, validationAccuracy };
}
