/**
 * Artifacts as the model of a note.
 *
 * @module
 */
import type { Choice } from "../../data/artifacts/choice.ts";
import type { JudgedClaims } from "../../data/artifacts/claims.ts";
import type { Comparison, ModelComparison, Quantity } from "../../data/artifacts/comparison.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import type { DatasetCard } from "../../data/dataset_card.ts";
import type { PointLabel } from "../../pipeline/stage.ts";
import type { Classes, EmbedReport, SplitReport } from "./artifacts.ts";
import type {
  Estimate,
  HistoryRow,
  ModelResult,
  NoteModel,
  PairResult,
  PicturesModel,
  ReplicateResult,
  SplitModel,
  TrainingModel,
  TuningResult,
} from "./model.ts";
import type { NoteParams } from "./params.ts";
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
  choices: readonly Labelled<Choice>[];
  metrics: readonly Labelled<Metrics>[];
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
  const models = params.models.map(({ name, title }) => {
    const results = comparison.models.find((model) => model.name === name);
    if (results === undefined) throw missing("comparison", name, "");
    return modelResult(ownTitle(name, title, params.models), results, artifacts);
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
  artifacts: NoteArtifacts,
): ModelResult {
  const { name, replicates, quantities, perClass, averages } = results;
  const choice = artifacts.choices.find(({ label }) => label.model === name || label.model === "");
  const trainings = artifacts.metrics
    .filter(({ label }) => label.model === name || label.model === "")
    .flatMap(({ value }) => value.training ?? []);
  return {
    name,
    title,
    ...(results.source && { source: results.source }),
    optimizer: results.optimizer,
    hyperparameters: commonNumbers(trainings.map(({ hyperparameters }) => hyperparameters)),
    schedules: distinctBy(trainings.map(({ schedule }) => schedule), JSON.stringify),
    parameters: quantities.parameters?.mean ?? NaN,
    accuracy: estimate(quantities.accuracy),
    macroF1: estimate(quantities.macroF1),
    logLoss: estimate(quantities.logLoss),
    scores: Object.fromEntries(
      Object.keys(artifacts.metrics[0].value.scores)
        .map((metric) => [metric, estimate(quantities[metric])]),
    ),
    replicates: (replicates.length === 0 ? [""] : replicates).map((label) => {
      const { training, scores } = find(artifacts.metrics, "metrics", name, label);
      return {
        label,
        accuracy: scores.accuracy ?? NaN,
        ...(training === null ? NOT_TRAINED : {
          epochs: training.epochs,
          bestEpoch: training.bestEpoch,
          overfitEpoch: training.overfitEpoch,
          stopped: training.stopped,
          stepsToBest: training.stepsToBest,
          samplesToBest: training.samplesToBest,
          multiplyAddsToBest: training.multiplyAddsToBest,
          history: find(artifacts.histories, "history", name, label),
        }),
      };
    }),
    classes: perClass.map(({ precision, recall, f1, support }) => ({
      precision,
      recall,
      f1,
      support,
    })),
    macro: averages.macro,
    weighted: averages.weighted,
    confusion: results.confusion,
    calibration: results.calibration,
    ...(choice !== undefined && results.tries > 1 && { tuning: tuningResult(choice.value) }),
  };
}

/** Of predictions from a file: no epoch, and so no best one. */
const NOT_TRAINED: Omit<ReplicateResult, "label" | "accuracy"> = {
  epochs: 0,
  bestEpoch: 0,
  overfitEpoch: null,
  stopped: "maximum",
  stepsToBest: 0,
  samplesToBest: 0,
  multiplyAddsToBest: 0,
  history: [],
};

/** The entries that all of the objects have alike. */
function commonNumbers(objects: readonly Readonly<Record<string, number>>[]) {
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

function tuningResult({ criterion, candidates, chosen, atEdge }: Choice): TuningResult {
  return {
    criterion,
    parameters: Object.keys(candidates[0].values),
    tries: candidates.map(({ values, mean, standardDeviation, diverged }) => ({
      values,
      mean,
      deviation: standardDeviation,
      diverged,
    })),
    chosen: candidates.findIndex(({ candidate }) => candidate === chosen),
    atEdge,
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
  const trainings = metrics.flatMap(({ value }) => value.training ?? []);
  const common = <K extends keyof TrainingSummary>(key: K) => {
    const values = new Set(trainings.map((training) => training[key]));
    return values.size === 1 ? [...values][0] : undefined;
  };
  return {
    head: common("head"),
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
