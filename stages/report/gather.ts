/**
 * Artifacts as the model of a note.
 *
 * @module
 */
import { mean } from "../../core/nn/mean.ts";
import type { Choice } from "../../data/artifacts/choice.ts";
import type { JudgedClaims } from "../../data/artifacts/claims.ts";
import type { Comparison, ModelComparison, Quantity } from "../../data/artifacts/comparison.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import type { EmbedReport } from "../../data/artifacts/embed_report.ts";
import {
  type FittedSummary,
  isFitted,
  isTrained,
  type TrainingSummary,
} from "../../data/artifacts/summary.ts";
import type { DatasetCard } from "../../data/dataset_card.ts";
import type { PointLabel } from "../../pipeline/stage.ts";
import type { Classes, SplitReport } from "./artifacts.ts";
import { type Explanations, interpretation } from "./explanations.ts";
import type {
  Estimate,
  FittedResult,
  HistoryRow,
  ModelResult,
  NoteModel,
  PairResult,
  PicturesModel,
  SplitModel,
  TestCurveRow,
  TrainingModel,
} from "./model.ts";
import type { NoteParams } from "./params.ts";
import type { Search } from "./search.ts";
import { gatherTuning } from "./gather_tuning.ts";
import { citedValues } from "./values.ts";

/** An artifact with the point that wrote it. */
export interface Labelled<T> {
  label: PointLabel;
  value: T;
}

/** What a note is made of, read and parsed. */
export interface NoteArtifacts {
  dataset: DatasetCard;
  classes: Classes;
  splitReports: readonly Labelled<SplitReport>[];
  embedReports: readonly Labelled<EmbedReport>[];
  augmentation?: { before: number; after: number };
  histories: readonly Labelled<HistoryRow[]>[];
  /** None unless the study asks for them. */
  testCurves: readonly Labelled<TestCurveRow[]>[];
  choices: readonly Labelled<Choice>[];
  metrics: readonly Labelled<Metrics>[];
  /** Log loss by the name of a class. */
  validationLosses: readonly Labelled<ReadonlyMap<string, number>>[];
  explanations: Explanations;
  comparison: Comparison;
  claims?: JudgedClaims;
  pictures?: PicturesModel;
}

/**
 * Makes the model.
 *
 * @throws {RangeError} if an artifact of a model's replicate is missing.
 */
export function gather(params: NoteParams, artifacts: NoteArtifacts): NoteModel {
  const { dataset, comparison, classes, claims, metrics } = artifacts;
  const titles = distinctTitles(classes);
  const split = splitModel(artifacts.splitReports, classes);
  const representations = distinctBy(
    artifacts.embedReports,
    ({ value }) => JSON.stringify([value.method, value.dimension]),
  ).map(({ value: { method, dimension } }) => ({
    method,
    dimension,
  }));
  const models = params.models.map(({ name, title, search }) => {
    const results = comparison.models.find((model) => model.name === name);
    if (results === undefined) throw missing("comparison", name, "");
    return modelResult(ownTitle(name, title, params.models), results, search, artifacts);
  });
  return {
    name: params.study,
    profile: params.profile,
    title: params.title,
    languages: params.languages,
    texts: params.texts,
    dataset,
    classes: classes.names.map((name, i) => ({ name, title: titles[i] })),
    split,
    representations,
    ...(artifacts.augmentation && { augmentation: artifacts.augmentation }),
    training: trainingModel(metrics),
    evaluation: {
      draws: comparison.bootstrap.samples,
      confidence: comparison.bootstrap.confidence,
      alpha: comparison.alpha,
      power: comparison.power,
      images: comparison.images,
      topK: comparison.topK,
      bins: comparison.models[0].calibration.length,
    },
    models,
    trained: models.filter(({ source }) => source === undefined),
    pairs: pairResults(comparison, models),
    claims: (claims?.claims ?? []).map((claim) => ({
      ...claim,
      text: typeof claim.text === "string"
        ? Object.fromEntries(params.languages.map((language) => [language, claim.text as string]))
        : claim.text,
    })),
    interpretation: interpretation(artifacts.explanations, {
      models: params.models,
      classes: classes.names,
      best: comparison.best,
    }),
    ...(artifacts.pictures && dataset.redistributable && { pictures: artifacts.pictures }),
    values: citedValues(comparison, dataset, split, representations),
    params: params.sections,
  };
}

/** The artifact of a model's replicate; one that several share has no name of its own. */
export function find<T>(
  all: readonly Labelled<T>[],
  port: string,
  model: string,
  replicate: string,
): T {
  const found = all.find(({ label }) =>
    (label.model === model || label.model === "") &&
    (label.replicate === replicate || label.replicate === "")
  );
  if (found === undefined) throw missing(port, model, replicate);
  return found.value;
}

function missing(port: string, model: string, replicate: string): RangeError {
  return new RangeError(
    `Cannot write the note as there is no ${port} of the model ${JSON.stringify(model)}` +
      (replicate === "" ? "" : `, ${replicate}`),
  );
}

function modelResult(
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
  const onValidation = artifacts.validationLosses.length === 0
    ? undefined
    : labels.map((label) => find(artifacts.validationLosses, "validationLosses", name, label));
  const summaries = artifacts.metrics
    .filter(({ label }) => label.model === name || label.model === "")
    .map(({ value }) => value.training);
  const trainings = summaries.filter(isTrained);
  const fits = summaries.filter(isFitted);
  return {
    name,
    title,
    head: results.head,
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
        ...(artifacts.testCurves.length > 0 && training !== null && {
          testCurve: find(artifacts.testCurves, "testCurves", name, label),
        }),
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
      tuning: { ...gatherTuning(choices), ...(search && { search }) },
    }),
    ...(fits.length > 0 && { fitted: fittedResult(fits) }),
  };
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

function pairResults(comparison: Comparison, models: readonly ModelResult[]): PairResult[] {
  return comparison.pairs.map((pair) => {
    const { accuracy } = pair.differences;
    return {
      left: models.findIndex(({ name }) => name === pair.left),
      right: models.findIndex(({ name }) => name === pair.right),
      difference: accuracy.difference ?? NaN,
      low: accuracy.low ?? NaN,
      high: accuracy.high ?? NaN,
      discordance: pair.discordance,
      p: pair.p,
      corrected: pair.pHolm,
      significant: pair.significant,
      seedsP: accuracy.seeds?.different ?? null,
      detectable: pair.detectable?.atPower ?? null,
    };
  });
}

function splitModel(reports: readonly Labelled<SplitReport>[], { names }: Classes): SplitModel {
  const all = distinctBy(reports, ({ value }) => JSON.stringify(value)).map(({ value }) => value);
  const [first] = all;
  const byLabel = new Map(first.classes.map((counts) => [counts.label, counts]));
  const deviations = all.flatMap((r) =>
    r.largestDeviation === undefined ? [] : [r.largestDeviation]
  );
  return {
    totals: first.partitions,
    counts: names.map((name) => {
      const { train, validation, test } = byLabel.get(name) ?? { train: 0, validation: 0, test: 0 };
      return { train, validation, test };
    }),
    deviation: deviations.length === 0 ? null : Math.max(...deviations),
    duplicates: Math.max(...all.map(({ duplicates }) => duplicates.across)),
    sharedGroups: Math.max(...all.map(({ groups }) => groups.shared)),
    method: first.method,
    ...(first.folds === undefined ? {} : { folds: first.folds }),
    grouped: first.grouped,
    varies: all.length > 1,
  };
}

/** What every training has in common. */
function trainingModel(metrics: readonly Labelled<Metrics>[]): TrainingModel {
  const trainings = metrics.map(({ value }) => value.training).filter(isTrained);
  const common = <K extends keyof TrainingSummary>(key: K) => {
    const values = new Set(trainings.map((training) => training[key]));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const heads = new Set(metrics.flatMap(({ value }) => value.training?.head ?? []));
  return {
    head: heads.size === 1 ? [...heads][0] : undefined,
    epochs: common("maximumEpochs"),
    patience: common("patience"),
    batchSize: common("batchSize"),
    monitor: common("monitor"),
  };
}

/** A model's title; where another model has the same one, or it is empty, its name tells it apart. */
function ownTitle(
  name: string,
  title: ModelResult["title"],
  all: NoteParams["models"],
): ModelResult["title"] {
  return Object.fromEntries(
    Object.entries(title).map(([language, text]) => {
      const twins = all.filter((other) => other.title[language] === text).length;
      return [language, text === "" ? name : twins === 1 ? text : `${text} (${name})`];
    }),
  );
}

/** Titles of the classes; where two share one, the name tells them apart. */
function distinctTitles({ names, titles }: Classes): string[] {
  const count = new Map<string, number>();
  for (const title of titles) count.set(title, (count.get(title) ?? 0) + 1);
  return titles.map((title, i) => count.get(title) === 1 ? title : `${title} (${names[i]})`);
}

function distinctBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const item of items) if (!seen.has(key(item))) seen.set(key(item), item);
  return [...seen.values()];
}
