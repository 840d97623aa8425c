/**
 * What a note tells, gathered from the artifacts and free of any language.
 *
 * @module
 */
import type { JudgedClaim } from "../../data/artifacts/claims.ts";
import type { CalibrationBin, Interval, PredictionsSource } from "../../data/artifacts/metrics.ts";
import type { Monitor, StopReason, TrainingSummary } from "../../data/artifacts/summary.ts";
import type { DatasetCard } from "../../data/dataset_card.ts";
import type { Partition } from "../../data/partition.ts";
import type { CitedValue } from "../../data/text/citations.ts";
import type { Language } from "../../data/text/language.ts";
import type { ImageSet } from "./pictures/sheet.ts";

/** A text in each of the note's languages. */
export type Translations = Readonly<Record<string, string>>;

/** Everything that a note tells. */
export interface NoteModel {
  /** How its numbers were computed. */
  profile: "exact" | "gpu";
  /** Name of the study's folder. */
  name: string;
  title: Translations;
  /** The first one makes `note.md`. */
  languages: readonly Language[];
  /** The author's texts, by the section that they end. */
  texts: Readonly<Record<string, Translations>>;
  dataset: DatasetCard;
  /** In the order of their index; titles are distinct. */
  classes: readonly { name: string; title: string }[];
  split: SplitModel;
  representations: readonly RepresentationModel[];
  augmentation?: { before: number; after: number };
  training: TrainingModel;
  evaluation: EvaluationModel;
  /** In the study's order. */
  models: readonly ModelResult[];
  /** Those that the study trained itself. */
  trained: readonly ModelResult[];
  pairs: readonly PairResult[];
  claims: readonly ClaimResult[];
  /** Missing where the licence keeps images from being shown. */
  pictures?: PicturesModel;
  /** What the author's texts may cite, but for titles. */
  values: ReadonlyMap<string, CitedValue>;
  /** Resolved sections that every model shares, and what each model sets for itself. */
  params: Readonly<Record<string, unknown>>;
}

/** How the images were shared out. */
export interface SplitModel {
  /** Images in each partition. */
  totals: Readonly<Record<Partition, number>>;
  /** Images of each class, by its index. */
  counts: readonly Readonly<Record<Partition, number>>[];
  /** Largest distance of a class's count from its exact share, in images; `null` as published. */
  deviation: number | null;
  /** Sets of images with the same bytes in several partitions. */
  duplicates: number;
  /** Groups with images in several partitions. */
  sharedGroups: number;
  method: "ratios" | "folds" | "published";
  /** Number of folds, of a split in folds. */
  folds?: number;
  grouped: boolean;
  /** Whether replicates have splits of their own. */
  varies: boolean;
}

/** A representation of the images. */
export interface RepresentationModel {
  method: string;
  dimension: number;
}

/** What every model's training has in common; `undefined` where models differ. */
export interface TrainingModel {
  head?: string;
  epochs?: number;
  patience?: number;
  batchSize?: number;
  monitor?: Monitor;
}

/** How the test was made. */
export interface EvaluationModel {
  /** Bootstrap draws. */
  draws: number;
  /** Share of the draws within an interval. */
  confidence: number;
  /** Level of the tests. */
  alpha: number;
  /** Share of test sets in which the smallest detectable difference would be found. */
  power: number;
  /** Test images. */
  images: number;
  /** k of the top-k accuracy. */
  topK: number;
  /** Bins of the reliability tables. */
  bins: number;
}

/** A value over replicates, with the interval over test images. */
export interface Estimate {
  mean: number;
  /** Standard deviation over replicates; 0 with one. */
  deviation: number;
  low: number;
  high: number;
  /** Interval over replicates by Student's t; `null` for fewer than two. */
  overReplicates: Interval | null;
}

/** One model's results. */
export interface ModelResult {
  name: string;
  title: Translations;
  /** The file that its predictions come from; of a model that the study trained, none. */
  source?: PredictionsSource;
  /** `null` where the study trained nothing. */
  optimizer: string | null;
  /** The optimiser's hyperparameters that have one value in all replicates. */
  hyperparameters: Readonly<Record<string, number>>;
  /** The schedules of its learning rate: one, unless replicates differ. */
  schedules: readonly TrainingSummary["schedule"][];
  parameters: number;
  accuracy: Estimate;
  macroF1: Estimate;
  logLoss: Estimate;
  /** Every score on the test set, by the name of its metric. */
  scores: Readonly<Record<string, Estimate>>;
  replicates: readonly ReplicateResult[];
  /** Means over replicates, by class index. */
  classes: readonly ClassResult[];
  macro: Scores;
  weighted: Scores;
  /** Counts over all replicates; row: true class, column: predicted class. */
  confusion: readonly (readonly number[])[];
  /** Reliability table of all replicates' predictions. */
  calibration: readonly CalibrationBin[];
  tuning?: TuningResult;
}

/** Precision, recall and their harmonic mean. */
export interface Scores {
  precision: number;
  recall: number;
  f1: number;
}

/** Scores of one class. */
export interface ClassResult extends Scores {
  /** Test images of the class. */
  support: number;
}

/** One training of a model and its test. */
export interface ReplicateResult {
  /** `seed=1`; empty where nothing is replicated. */
  label: string;
  accuracy: number;
  epochs: number;
  bestEpoch: number;
  /** Epoch where over-fitting sets in; `null` where it does not. */
  overfitEpoch: number | null;
  stopped: StopReason;
  stepsToBest: number;
  samplesToBest: number;
  multiplyAddsToBest: number;
  history: readonly HistoryRow[];
}

/** One epoch of a training. */
export interface HistoryRow {
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  validationLoss: number;
  validationAccuracy: number;
}

/** What a model's tuning tried and kept. */
export interface TuningResult {
  criterion: Monitor;
  /** Names of the tuned hyperparameters, in order. */
  parameters: readonly string[];
  tries: readonly TuningTry[];
  /** Index of the try that is kept. */
  chosen: number;
  /** Names of hyperparameters whose kept value ends their grid. */
  atEdge: readonly string[];
}

/** One try of a tuning. */
export interface TuningTry {
  /** By hyperparameter. */
  values: Readonly<Record<string, number | string>>;
  /** Over replicates; `null` where a training has no finite loss. */
  mean: number | null;
  deviation: number | null;
  /** Replicates that diverged. */
  diverged: number;
}

/** Two models compared on the same test images. */
export interface PairResult {
  /** Indices in {@linkcode NoteModel.models}. */
  left: number;
  right: number;
  /** Accuracy of the first minus that of the second, with its interval over test images. */
  difference: number;
  low: number;
  high: number;
  /** Share of test images that one of them alone gets right; `null` without a common replicate. */
  discordance: number | null;
  /** Of McNemar's test over replicates, before and after Holm's correction. */
  p: number | null;
  corrected: number | null;
  significant: boolean;
  /** Of the sign-flip test over replicates; `null` where it cannot be computed. */
  seedsP: number | null;
  /** Difference that would be found with the power of the study, or `null`. */
  detectable: number | null;
}

/** A claim and what became of it. */
export interface ClaimResult extends Omit<JudgedClaim, "text"> {
  text: Translations;
}

/** Images to show. */
export interface PicturesModel {
  images: ImageSet;
  /** Some training images of each class, by class index. */
  samples: readonly (readonly number[])[];
  /** Id of each image. */
  ids: readonly string[];
  /** Errors of the most accurate model's first replicate: indices by true and predicted class. */
  errors: ReadonlyMap<string, readonly number[]>;
}
