/**
 * What came out of each model, and of each two of them.
 *
 * @module
 */
import type {
  CalibrationBin,
  Interval,
  PredictionsSource,
} from "../../../data/artifacts/metrics.ts";
import type {
  StopReason,
  TrainingRegularization,
  TrainingSummary,
} from "../../../data/artifacts/summary.ts";
import type { HistoryRow, TestCurveRow } from "./history.ts";
import type { Translations } from "./translations.ts";
import type { TuningResult } from "./tuning.ts";

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
  /** Options of a head that is trained: those that have one value in all replicates. */
  headOptions: Readonly<Record<string, unknown>>;
  /** How the parameters of a head that is trained start, where all replicates agree. */
  initialization?: string;
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
