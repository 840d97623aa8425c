/**
 * What a note tells, gathered from the artifacts and free of any language.
 *
 * @module
 */
import type { JudgedClaim } from "../../data/artifacts/claims.ts";
import type { CalibrationBin, Interval, PredictionsSource } from "../../data/artifacts/metrics.ts";
import type {
  Monitor,
  StopReason,
  TrainingRegularization,
  TrainingSummary,
} from "../../data/artifacts/summary.ts";
import type { OccludedImage, Occlusion } from "../../data/artifacts/occlusion.ts";
import type { DatasetCard } from "../../data/dataset_card.ts";
import type { Partition } from "../../data/partition.ts";
import type { CitedValue } from "../../data/text/citations.ts";
import type { Language } from "../../data/text/language.ts";
import type { ImageSet } from "./pictures/sheet.ts";
import type { Search } from "./search.ts";

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
  interpretation: InterpretationModel;
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

/** What every model has in common; `undefined` where models differ. */
export interface TrainingModel {
  head?: string;
  /** Of the trainings by mini-batches, as all that follows. */
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
  /** `null` where the study trained nothing. */
  head: string | null;
  /** The file that its predictions come from; of a model that the study trained, none. */
  source?: PredictionsSource;
  /** `null` where the study trained nothing, and of a head that is fitted in one go. */
  optimizer: string | null;
  /** The optimiser's hyperparameters that have one value in all replicates. */
  hyperparameters: Readonly<Record<string, number>>;
  /** Whether the weights that are evaluated are those of the last epoch, whatever its loss. */
  keepsLast: boolean;
  /** How it is regularised: one way, unless replicates differ. */
  regularizations: readonly TrainingRegularization[];
  /** The schedules of its learning rate: one, unless replicates differ. */
  schedules: readonly TrainingSummary["schedule"][];
  parameters: number;
  accuracy: Estimate;
  macroF1: Estimate;
  logLoss: Estimate;
  /** Every score on the test set, by the name of its metric. */
  scores: Readonly<Record<string, Estimate>>;
  replicates: readonly ReplicateResult[];
  /** Scores of all replicates' answers together, where they are tested on different images. */
  pooled?: Readonly<Record<string, number | null>>;
  /** Means over replicates, by class index. */
  classes: readonly ClassResult[];
  macro: Scores;
  weighted: Scores;
  /** Counts over all replicates; row: true class, column: predicted class. */
  confusion: readonly (readonly number[])[];
  /** Reliability table of all replicates' predictions. */
  calibration: readonly CalibrationBin[];
  tuning?: TuningResult;
  /** Of a head that is fitted in one go. */
  fitted?: FittedResult;
}

/** What is told of a head that is fitted in one go. */
export interface FittedResult {
  /** Its options that have one value in all replicates. */
  options: Readonly<Record<string, unknown>>;
  /** Training images, mean over replicates. */
  images: number;
  /** Accuracy on validation images, mean over replicates. */
  validationAccuracy: number;
  /** Mean over replicates; NaN where there is none. */
  outOfBagAccuracy: number;
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
  /** Mean log loss of its test images in each replicate; NaN without any. */
  logLosses: readonly number[];
  /** The same of its validation images, where the study asks for it. */
  validationLosses?: readonly number[];
}

/**
 * One training of a model and its test. A head that is fitted in one go has no epoch, and nothing
 * that is counted by them.
 */
export interface ReplicateResult {
  /** `seed=1`; empty where nothing is replicated. */
  label: string;
  /** Test images. */
  images: number;
  accuracy: number;
  /** Every score on its test images; `null` where they leave it undefined. */
  scores: Readonly<Record<string, number | null>>;
  epochs: number;
  bestEpoch: number;
  /** Epoch where over-fitting sets in; `null` where it does not. */
  overfitEpoch: number | null;
  /** `null` of a head that is fitted in one go. */
  stopped: StopReason | null;
  stepsToBest: number;
  samplesToBest: number;
  multiplyAddsToBest: number;
  history: readonly HistoryRow[];
  /** On the test images after each epoch, where the study asks for it. */
  testCurve?: readonly TestCurveRow[];
}

/** Loss and accuracy on the test images after one epoch. */
export interface TestCurveRow {
  epoch: number;
  loss: number;
  accuracy: number;
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
  /** Number of tries that one is chosen from. */
  budget: number;
  /** The try that is kept; one of each replicate where they have splits of their own. */
  choices: readonly TuningChoice[];
  /** Names of hyperparameters of which a kept value is the least or the greatest tried. */
  atEdge: readonly string[];
  /** How the tries were found, where they are no grid. */
  search?: Search;
}

/** One try of a tuning. */
export interface TuningTry {
  /** By hyperparameter. */
  values: Readonly<Record<string, number | string>>;
  /** 0, or the round of refinement. */
  round: number;
  /**
   * Over replicates; `null` where a training has no finite loss. Of one replicate alone, where it has
   * a split of its own and the try refines its own best one.
   */
  mean: number | null;
  deviation: number | null;
  /** Replicates that diverged. */
  diverged: number;
  /** How many of {@linkcode TuningResult.choices} keep it. */
  kept: number;
}

/** A try that is kept. */
export interface TuningChoice {
  values: Readonly<Record<string, number | string>>;
  /** As {@linkcode TuningTry.mean}. */
  score: number | null;
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

/** What explains the models; empty where the study does not ask for it. */
export interface InterpretationModel {
  importance: readonly ImportanceModel[];
  /** Of first replicates. */
  occlusion: readonly OcclusionModel[];
  /** Of the most accurate model's first replicate. */
  neighbours?: NeighboursModel;
}

/** What one model loses when dimensions are permuted. */
export interface ImportanceModel {
  /** Index in {@linkcode NoteModel.models}. */
  model: number;
  groups: readonly ImportanceGroup[];
  /** Permutations of each replicate. */
  repeats: number;
  replicates: number;
}

/** A group of dimensions; means and standard deviations are over replicates and permutations. */
export interface ImportanceGroup {
  /** `dimension-12`, `dimensions-0-35`, `cell-3-2`. */
  name: string;
  /** Square of the image, counted from 0. */
  place?: { row: number; column: number };
  /** Number of dimensions. */
  dimensions: number;
  /** Fall of the accuracy. */
  drop: { mean: number; deviation: number };
  /** Rise of the log loss. */
  rise: { mean: number; deviation: number };
}

/** The maps of one model's first replicate. */
export interface OcclusionModel extends Omit<Occlusion, "images"> {
  /** Index in {@linkcode NoteModel.models}. */
  model: number;
  images: readonly (Omit<OccludedImage, "label" | "predicted"> & {
    /** Indices of classes. */
    label: number;
    predicted: number;
  })[];
}

/** Errors of one model and the training images nearest to them. */
export interface NeighboursModel {
  /** Index in {@linkcode NoteModel.models}. */
  model: number;
  metric: "euclidean" | "cosine";
  errors: readonly {
    id: string;
    /** Indices of classes. */
    label: number;
    predicted: number;
    /** Of the class given. */
    probability: number;
    /** From near to far. */
    neighbours: readonly { id: string; label: number; distance: number }[];
  }[];
}
