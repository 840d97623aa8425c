import type { BootstrapOptions, Interval } from "../../core/metrics/bootstrap.ts";
import type { ClassScores as Scores, PrecisionRecallF1 } from "../../core/metrics/class_scores.ts";
import type { ClassValue } from "../../core/metrics/extreme_classes.ts";
import type { OneVsRest } from "../../core/metrics/one_vs_rest.ts";
import type { HeadSummary } from "./summary.ts";

export type { BootstrapOptions, ClassValue, Interval, PrecisionRecallF1 };

/** Scores of one class: precision, recall, F1, support, and how often it was given. */
export interface ClassScores extends Scores {
  /** Its index. */
  class: number;
  name: string;
  /** Against the rest; `null` where no test image is of the class, or every one is. */
  rocAuc: number | null;
  /** Against the rest; `null` where no test image is of the class. */
  averagePrecision: number | null;
  /** Mean log loss of its images, in nats; `null` where no test image is of the class. */
  logLoss: number | null;
  /** The class against the rest. */
  counts: OneVsRest;
}

/** Images of one class that were given another. */
export interface Confusion {
  /** Name of their class. */
  label: string;
  /** Name of the class given. */
  predicted: string;
  count: number;
  /** Share of the images of their class. */
  share: number;
}

/** Predictions whose probability is in (low, high]; 0 is in the first bin. */
export interface CalibrationBin {
  low: number;
  high: number;
  count: number;
  /** Mean probability of the predictions; `null` without any. */
  confidence: number | null;
  /** Share of them that are right; `null` without any. */
  accuracy: number | null;
}

/** Least or greatest precision, recall and F1 over the classes that have test images. */
export type ClassExtremes = Record<keyof PrecisionRecallF1, ClassValue>;

/** Confusions that {@linkcode Metrics.mostConfused} has at most. */
export const CONFUSIONS_LISTED = 20;

/** A file of predictions from elsewhere. */
export interface PredictionsSource {
  /** Path within the study's folder. */
  file: string;
  sha256: string;
  /** Whether it gives probabilities; without, scores of probabilities are `null`. */
  probabilities: boolean;
}

/** The artifact `metrics`: one trained model on the test images. */
export interface Metrics {
  /** Number of test images. */
  images: number;
  /** How many of them got the right class. */
  correct: number;
  /** k of the top-k accuracy. */
  topK: number;
  /**
   * By name, one for each metric of `core/metrics/registry.ts`: `accuracy`, `macroF1`, `logLoss`;
   * `null` where the test images leave it undefined.
   */
  scores: Record<string, number | null>;
  /** Where a score is undefined, in words, for each that is `null`. */
  undefinedWhere: Record<string, string>;
  /** Bootstrap interval of each score that is cheap enough, over the resamples that define it. */
  intervals: Record<string, Interval>;
  bootstrap: BootstrapOptions;
  perClass: ClassScores[];
  averages: { macro: PrecisionRecallF1; weighted: PrecisionRecallF1 };
  minimum: ClassExtremes;
  maximum: ClassExtremes;
  /** Counts: a row for each class, a column for each class given. */
  confusion: number[][];
  /** As shares of each row's images; 0 in a row without any. */
  normalizedConfusion: number[][];
  /** The most frequent first, at most {@linkcode CONFUSIONS_LISTED}. */
  mostConfused: Confusion[];
  /** Reliability table, from low to high probabilities. */
  calibration: CalibrationBin[];
  /** The training, or the fit, that made the weights; `null` where the predictions come from a file. */
  training: HeadSummary | null;
  /** The file that the predictions come from, if they do. */
  source?: PredictionsSource;
}
