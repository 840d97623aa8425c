import type { Head, Parameters, Samples } from "../../core/nn/head.ts";
import type { HeadDescription } from "../../core/nn/registry.ts";
import type { Initialization } from "../../core/nn/initialization.ts";
import type { StreamedSamples } from "../../core/nn/feature_source.ts";
import { shuffledWindows } from "../../core/nn/row_windows.ts";
import { type OptimizerName, OPTIMIZERS } from "../../core/optim/registry.ts";
import { rateFactor, type ScheduleDescription } from "../../core/optim/schedules/rate_factor.ts";
import { type Random, stream } from "../../core/random/stream.ts";
import type { EpochScores, Monitor, TrainingSummary } from "../../data/artifacts/summary.ts";
import { EarlyStopping } from "./early_stopping.ts";
import { type EpochRecord, findOverfitEpoch } from "./history.ts";

/** Options of {@linkcode fitHead}. */
export interface FitOptions {
  /** As the head was made. */
  head: HeadDescription;
  optimizer: OptimizerName;
  /** Values of all the optimiser's hyperparameters. */
  hyperparameters: Readonly<Record<string, number>>;
  schedule: ScheduleDescription;
  initialization: Initialization;
  seed: number;
  batchSize: number;
  epochs: number;
  patience: number;
  minDelta: number;
  monitor: Monitor;
}

/** A trained head. */
export interface FitResult {
  /** Of the best epoch; the initial ones where no epoch ended with a finite loss. */
  parameters: Parameters;
  history: EpochRecord[];
  summary: TrainingSummary;
}

/**
 * Trains a head by mini-batches with early stopping, and keeps the parameters of the best epoch.
 *
 * Parameters start from `stream(seed, "init")` and epoch e sees the samples in the order of
 * `stream(seed, "shuffle").sub(e)` (of all of them, or within windows where they are streamed),
 * whatever the optimiser and its hyperparameters; dropout draws by
 * `stream(seed, "dropout")`. A loss or a parameter that is not finite ends the training with `stopped: "diverged"`.
 *
 * @param head Its core holds the samples that are not streamed.
 * @param afterEpoch Called after each epoch with its number; waited for.
 */
export async function fitHead(
  head: Head,
  train: Samples | StreamedSamples,
  validation: Samples | StreamedSamples,
  options: FitOptions,
  afterEpoch: (epoch: number) => Promise<void>,
): Promise<FitResult> {
  const { batchSize, hyperparameters, initialization, monitor, schedule, seed } = options;
  const optimizer = OPTIMIZERS[options.optimizer];
  head.initialize(stream(seed, "init"), { initialization, dropout: stream(seed, "dropout") });
  const shuffle = stream(seed, "shuffle");
  const watch = new EarlyStopping(options);
  const spent = { steps: 0, samples: 0, multiplyAdds: 0 };
  const history: EpochRecord[] = [];
  let best: { epoch: number; scores: EpochScores | null; spent: typeof spent; kept: Parameters } = {
    epoch: 0,
    scores: null,
    spent: { ...spent },
    kept: await head.save(),
  };
  let diverged: TrainingSummary["diverged"] = null;
  const stepsPerEpoch = Math.ceil(countRows(train) / batchSize);
  /** The monitored value of each epoch, turned so that less is better. */
  const watched: number[] = [];
  for (let epoch = 1; epoch <= options.epochs && !diverged && !watch.isOver; epoch++) {
    const first = spent.steps;
    const factorAt = (step: number) =>
      rateFactor(schedule, { step, stepsPerEpoch, epochs: options.epochs, watched });
    const trained = await head.trainEpoch({
      ...shuffled(train, shuffle.sub(epoch)),
      batchSize,
      optimizer,
      values: hyperparameters,
      rateFactor: (step) => factorAt(first + step),
    });
    spent.steps += trained.steps;
    spent.samples += trained.samples;
    spent.multiplyAdds += trained.multiplyAdds;
    const validated = await head.evaluate(validation);
    const scores: EpochScores = {
      trainLoss: trained.loss,
      trainAccuracy: trained.accuracy,
      validationLoss: validated.loss,
      validationAccuracy: validated.accuracy,
    };
    const learningRate = hyperparameters.learningRate * factorAt(spent.steps - 1);
    history.push({ epoch, learningRate, ...scores });
    watched.push(monitor === "validationLoss" ? scores.validationLoss : -scores.validationAccuracy);
    if (trained.divergedAt !== undefined) diverged = { epoch, step: trained.divergedAt };
    else if (!Number.isFinite(validated.loss)) diverged = { epoch, step: trained.steps };
    else if (watch.improves(scores[monitor])) {
      const kept = await head.save();
      if (isFinite(kept)) best = { epoch, scores, spent: { ...spent }, kept };
      else diverged = { epoch, step: trained.steps };
    }
    await afterEpoch(epoch);
  }
  const { learningRate, weightDecay } = hyperparameters;
  const { name, ...headOptions } = options.head;
  const summary: TrainingSummary = {
    head: name,
    headOptions,
    optimizer: optimizer.name,
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
    stopped: diverged ? "diverged" : watch.isOver ? "patience" : "maximum",
    diverged,
    best: best.scores,
    ...spent,
    stepsToBest: best.spent.steps,
    samplesToBest: best.spent.samples,
    multiplyAddsToBest: best.spent.multiplyAdds,
    parameters: head.parameters,
    windows: "source" in train ? train.layout : null,
  };
  return { parameters: best.kept, history, summary };
}

/** The samples with the order of an epoch: of all of them, or within windows. */
function shuffled(samples: Samples | StreamedSamples, random: Random) {
  if (!("source" in samples)) {
    return { ...samples, rows: random.permutation(samples.labels.shape[0]) };
  }
  const { rows = range(samples.source.rows), layout } = samples;
  return { ...samples, windows: shuffledWindows(rows, layout, random) };
}

function countRows(samples: Samples | StreamedSamples): number {
  if (!("source" in samples)) return samples.labels.shape[0];
  return samples.rows?.length ?? samples.source.rows;
}

function range(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

function isFinite(parameters: Parameters): boolean {
  return Object.values(parameters).every(({ data }) => data.every(Number.isFinite));
}
