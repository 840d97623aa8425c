import { mean } from "../../../core/nn/mean.ts";
import type { ModelComparison, Quantity } from "../../../data/artifacts/comparison.ts";
import {
  type FittedSummary,
  isFitted,
  isTrained,
  type TrainingSummary,
} from "../../../data/artifacts/summary.ts";
import type { Estimate, FittedResult, ModelResult } from "../model/results.ts";
import type { Search } from "../search.ts";
import { distinctBy } from "./distinct.ts";
import { find, lookUp } from "./labelled.ts";
import type { NoteArtifacts } from "./note_artifacts.ts";
import { gatherTuning } from "./tuning.ts";

/**
 * One model's results.
 *
 * @throws {RangeError} if an artifact of a replicate is missing.
 */
export function modelResult(
  title: ModelResult["title"],
  results: ModelComparison,
  search: Search | undefined,
  artifacts: NoteArtifacts,
): ModelResult {
  const { name, replicates, quantities, perClass, averages } = results;
  const choices = artifacts.choices
    .filter(({ label }) => label.model === name || label.model === "")
    .map(({ value }) => value);
  const labels = replicates.length === 0 ? [""] : replicates;
  const evaluated = labels.map((label) => find(artifacts.metrics, "metrics", name, label));
  // Not every model has what a study asks for: a file has no validation losses.
  const onValidation = complete(
    labels.map((label) => lookUp(artifacts.validationLosses, name, label)),
  );
  const testCurves = complete(labels.map((label) => lookUp(artifacts.testCurves, name, label)));
  const summaries = artifacts.metrics
    .filter(({ label }) => label.model === name || label.model === "")
    .map(({ value }) => value.training);
  const trainings = summaries.filter(isTrained);
  const fits = summaries.filter(isFitted);
  return {
    name,
    title,
    head: results.head,
    ...headSettings(trainings),
    ...(results.source && { source: results.source }),
    optimizer: results.optimizer,
    hyperparameters: commonValues(trainings.map(({ hyperparameters }) => hyperparameters)),
    keepsLast: trainings.some(({ keep }) => keep === "last"),
    regularizations: distinctBy(
      trainings.flatMap(({ regularization }) => regularization ?? []),
      JSON.stringify,
    ),
    schedules: distinctBy(trainings.map(({ schedule }) => schedule), JSON.stringify),
    parameters: quantities.parameters?.mean ?? NaN,
    accuracy: estimate(quantities.accuracy),
    macroF1: estimate(quantities.macroF1),
    logLoss: estimate(quantities.logLoss),
    scores: Object.fromEntries(
      Object.keys(artifacts.metrics[0].value.scores)
        .map((metric) => [metric, estimate(quantities[metric])]),
    ),
    replicates: labels.map((label, i) => {
      const { training, scores, images } = evaluated[i];
      return {
        label,
        images,
        scores,
        accuracy: scores.accuracy ?? NaN,
        ...(!isTrained(training) ? NO_TRAINING : {
          epochs: training.epochs,
          bestEpoch: training.bestEpoch,
          overfitEpoch: training.overfitEpoch,
          stopped: training.stopped,
          stepsToBest: training.stepsToBest,
          samplesToBest: training.samplesToBest,
          multiplyAddsToBest: training.multiplyAddsToBest,
        }),
        history: training === null ? [] : find(artifacts.histories, "history", name, label),
        ...(testCurves && { testCurve: testCurves[i] }),
      };
    }),
    ...(results.pooled !== null && { pooled: results.pooled }),
    classes: perClass.map(({ name, precision, recall, f1, support }, i) => ({
      precision,
      recall,
      f1,
      support,
      logLosses: evaluated.map((own) => own.perClass[i].logLoss ?? NaN),
      ...(onValidation && { validationLosses: onValidation.map((own) => own.get(name) ?? NaN) }),
    })),
    macro: averages.macro,
    weighted: averages.weighted,
    confusion: results.confusion,
    calibration: results.calibration,
    ...(choices.length > 0 && results.tries > 1 && {
      tuning: { ...gatherTuning(choices, trainings), ...(search && { search }) },
    }),
    ...(fits.length > 0 && { fitted: fittedResult(fits) }),
  };
}

/** The values, if none is missing. */
function complete<T>(values: readonly (T | undefined)[]): T[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}

/** What a head that is fitted in one go has instead of a training. */
const NO_TRAINING = {
  epochs: 0,
  bestEpoch: 0,
  overfitEpoch: null,
  stopped: null,
  stepsToBest: 0,
  samplesToBest: 0,
  multiplyAddsToBest: 0,
};

function fittedResult(fits: readonly FittedSummary[]): FittedResult {
  return {
    options: commonValues(fits.map(({ headOptions }) => headOptions)),
    images: mean(fits.map(({ images }) => images)),
    validationAccuracy: mean(fits.map(({ best }) => best.validationAccuracy)),
    outOfBagAccuracy: mean(fits.flatMap(({ outOfBag }) => outOfBag?.accuracy ?? [])),
  };
}

/** What is told of a head that is trained. */
function headSettings(
  trainings: readonly TrainingSummary[],
): Pick<ModelResult, "headOptions" | "initialization"> {
  const common = commonValues(
    trainings.map(({ initialization, headOptions }) => ({
      initialization,
      // Lists are alike where their numbers are.
      ...Object.fromEntries(
        Object.entries(headOptions).map(([key, value]) => [key, JSON.stringify(value)]),
      ),
    })),
  ) as Record<string, string>;
  const { initialization, ...options } = common;
  return {
    headOptions: Object.fromEntries(
      Object.entries(options).map(([key, value]) => [key, JSON.parse(value)]),
    ),
    ...(initialization === undefined ? {} : { initialization }),
  };
}

/** The entries that all of the objects have alike. */
function commonValues<T>(objects: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const [first = {}, ...others] = objects;
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((other) => other[key] === value)),
  );
}

function estimate(quantity: Quantity | undefined): Estimate {
  return {
    mean: quantity?.mean ?? NaN,
    deviation: quantity?.standardDeviation ?? NaN,
    low: quantity?.low ?? NaN,
    high: quantity?.high ?? NaN,
    overReplicates: quantity?.overReplicates ?? null,
  };
}
