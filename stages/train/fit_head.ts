import type { EpochResult, Head, Parameters, Samples } from "../../core/nn/head.ts";
import { drawMixUp } from "../../core/nn/mix_up.ts";
import type { Optimizer } from "../../core/optim/optimizer.ts";
import type { StreamedSamples } from "../../core/nn/feature_source.ts";
import { isOptimizer } from "../../core/optim/methods.ts";
import { OPTIMIZERS } from "../../core/optim/registry.ts";
import { rateFactor } from "../../core/optim/schedules/rate_factor.ts";
import { stream } from "../../core/random/stream.ts";
import type { ClassLosses, EpochScores, TrainingSummary } from "../../data/artifacts/summary.ts";
import { convexEpoch, convexFit } from "./convex_epoch.ts";
import { EarlyStopping } from "./early_stopping.ts";
import { countRows, shuffled } from "./epoch_samples.ts";
import type { FitOptions } from "./fit_options.ts";
import type { FitState, Spent } from "./fit_state.ts";
import { fullRecord } from "./full_record.ts";
import type { EpochRecord } from "./history.ts";
import { parameterSums } from "./parameter_sums.ts";
import { summarizeTraining } from "./summarize_training.ts";

/** A trained head. */
export interface FitResult {
  /** Of the best epoch; the initial ones where no epoch ended with a finite loss. */
  parameters: Parameters;
  history: EpochRecord[];
  summary: TrainingSummary;
}

/** Who follows a training. */
export interface FitWatcher {
  /** Where an earlier run of the same training was. */
  resumed?: FitState;
  /** Called after each epoch, with what could go on from there if it does; waited for. */
  afterEpoch?(epoch: number, state?: () => Promise<FitState>): Promise<void>;
}

/**
 * Trains a head by mini-batches with early stopping, and keeps the parameters of the best epoch.
 *
 * Parameters start from `stream(seed, "init")` and epoch e sees the samples in the order of
 * `stream(seed, "shuffle").sub(e)` (of all of them, or within windows where they are streamed),
 * whatever the optimiser and its hyperparameters; dropout draws by `stream(seed, "dropout")`, MixUp by
 * `stream(seed, "mixup").sub(e)`. A loss or a parameter that is not finite ends the training with
 * `stopped: "diverged"`.
 *
 * @param head Its core holds the samples that are not streamed.
 */
export async function fitHead(
  head: Head,
  train: Samples | StreamedSamples,
  validation: Samples | StreamedSamples,
  options: FitOptions,
  { resumed, afterEpoch }: FitWatcher = {},
): Promise<FitResult> {
  const { hyperparameters, initialization, monitor, schedule, seed } = options;
  const optimizer: Optimizer | undefined = isOptimizer(options.optimizer)
    ? OPTIMIZERS[options.optimizer]
    : undefined;
  const n = countRows(train);
  const batchSize = optimizer && !optimizer.fullBatch ? options.batchSize : n;
  const { regularization, loss } = options;
  head.initialize(stream(seed, "init"), { initialization, dropout: stream(seed, "dropout") });
  const shuffle = stream(seed, "shuffle"), mixing = stream(seed, "mixup");
  const watch = new EarlyStopping(options);
  const spent: Spent = { ...(resumed?.spent ?? { steps: 0, samples: 0, multiplyAdds: 0 }) };
  const history: EpochRecord[] = [...(resumed?.history ?? [])];
  let best: FitState["best"] = resumed?.best ??
    { epoch: 0, spent: { ...spent }, kept: await head.save(), losses: {} };
  /** The monitored value of each epoch, turned so that less is better. */
  const watched: number[] = [];
  const lookAt = (scores: EpochScores): boolean => {
    watched.push(monitor === "validationLoss" ? scores.validationLoss : -scores.validationAccuracy);
    return watch.improves(scores[monitor]);
  };
  if (resumed) {
    history.forEach(lookAt);
    if (optimizer) head.loadTraining(resumed.training, optimizer);
    else head.load(resumed.training.parameters);
  }
  const convex = optimizer ? undefined : convexFit(head, train, options);
  let pairs = resumed?.pairs;
  let converged = false;
  let diverged: TrainingSummary["diverged"] = null;
  const stepsPerEpoch = Math.ceil(n / batchSize);
  for (let epoch = history.length + 1; epoch <= options.epochs && !diverged; epoch++) {
    if (watch.isOver || converged) break;
    const first = spent.steps;
    const factorAt = (step: number) =>
      rateFactor(schedule, { step, stepsPerEpoch, epochs: options.epochs, watched });
    let trained: EpochResult;
    if (convex) {
      const iteration = await convexEpoch(head, convex, n, pairs);
      converged = iteration.stuck || iteration.slope <= hyperparameters.tolerance;
      trained = iteration.trained;
    } else {
      trained = await head.trainEpoch({
        ...shuffled(train, shuffle.sub(epoch)),
        batchSize,
        optimizer: optimizer!,
        values: hyperparameters,
        rateFactor: (step) => factorAt(first + step),
        regularization,
        loss,
        ...(options.mixUp > 0
          ? { mixUp: drawMixUp(mixing.sub(epoch), { n, batchSize, alpha: options.mixUp }) }
          : {}),
      });
    }
    spent.steps += trained.steps;
    spent.samples += trained.samples;
    spent.multiplyAdds += trained.multiplyAdds;
    const gradientNorms = head.gradientNorms();
    const validated = await head.evaluate(validation);
    const scores: EpochScores = {
      trainLoss: trained.loss,
      trainAccuracy: trained.accuracy,
      validationLoss: validated.loss,
      validationAccuracy: validated.accuracy,
    };
    const kept = await head.save();
    const { weightDecay } = hyperparameters;
    const sums = parameterSums(kept, regularization, weightDecay, isLastOf(kept));
    const full = options.history === "full"
      ? await fullRecord(head, train, validated, options.classes)
      : undefined;
    history.push({
      epoch,
      learningRate: hyperparameters.learningRate * factorAt(spent.steps - 1),
      ...scores,
      objective: (full && isPlain(options) ? full.trainLoss : trained.loss) + sums.penalty,
      absoluteSum: sums.absolute,
      norm: sums.norm,
      gradientNorms,
      ...(full ? { full } : {}),
    });
    if (trained.divergedAt !== undefined) diverged = { epoch, step: trained.divergedAt };
    else if (!Number.isFinite(validated.loss)) diverged = { epoch, step: trained.steps };
    else if (!Number.isFinite(sums.norm)) diverged = { epoch, step: trained.steps };
    else if (lookAt(scores) || options.keep === "last") {
      const losses = byName(validated.classLosses, options.classes);
      best = { epoch, spent: { ...spent }, kept, losses };
    }
    pairs = convex?.pairs;
    const goesOn = !diverged && !converged && !watch.isOver && epoch < options.epochs;
    if (afterEpoch) {
      await afterEpoch(
        epoch,
        goesOn
          ? async () => ({ training: await head.saveTraining(), history, spent, best, pairs })
          : undefined,
      );
    }
  }
  const summary = summarizeTraining(options, {
    history,
    spent,
    best,
    batchSize,
    diverged,
    stopped: diverged
      ? "diverged"
      : converged
      ? "converged"
      : watch.isOver
      ? "patience"
      : "maximum",
    parameters: head.parameters,
    windows: "source" in train ? train.layout : null,
  });
  return { parameters: best.kept, history, summary };
}

/** Whether what is brought down is the cross-entropy that evaluation tells, of the samples alone. */
function isPlain({ loss: { smoothing = 0, classWeights }, mixUp }: FitOptions): boolean {
  return smoothing === 0 && classWeights === undefined && mixUp === 0;
}

/** Losses by the names of classes; NaN, which no JSON text holds, as `null`. */
function byName(losses: Float64Array, classes: readonly string[]): ClassLosses {
  return Object.fromEntries(
    classes.map((name, i) => [name, Number.isNaN(losses[i]) ? null : losses[i]]),
  );
}

/** Whether an array is of the last layer: the last one that is saved, or its layer's other one. */
function isLastOf(parameters: Parameters): (name: string) => boolean {
  const layerOf = (name: string) => name.slice(0, name.lastIndexOf(".") + 1);
  const last = layerOf(Object.keys(parameters).at(-1)!);
  return (name) => layerOf(name) === last;
}
