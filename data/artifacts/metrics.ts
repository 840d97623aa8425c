import type { TrainingSummary } from "./summary.ts";

/** An interval of values, both ends in it. */
export interface Interval {
  low: number;
  high: number;
}

/** How bootstrap intervals are made. */
export interface BootstrapSpec {
  /** Number of resamples of the test images. */
  samples: number;
  /** Share of the resamples within the interval: 0.95. */
  confidence: number;
  seed: number;
}

/** Precision, recall and F1. */
export interface PrecisionRecallF1 {
  precision: number;
  recall: number;
  f1: number;
}

/** Scores of one class. */
export interface ClassScores extends PrecisionRecallF1 {
  /** Its index. */
  class: number;
  name: string;
  /** Test images of the class. */
  support: number;
  /** Test images given this class. */
  predicted: number;
}

/** Value of one class. */
export interface ClassValue {
  value: number;
  /** Index of the class, the first among equals. */
  class: number;
}

/** Least or greatest precision, recall and F1 over the classes that have test images. */
export type ClassExtremes = Record<keyof PrecisionRecallF1, ClassValue>;

/** The artifact `metrics`: one trained model on the test images. */
export interface Metrics {
  /** Number of test images. */
  images: number;
  /** How many of them got the right class. */
  correct: number;
  /** By name, one for each metric of `core/metrics/registry.ts`: `accuracy`, `macroF1`, `logLoss`. */
  scores: Record<string, number>;
  /** Bootstrap interval of each score. */
  intervals: Record<string, Interval>;
  bootstrap: BootstrapSpec;
  perClass: ClassScores[];
  averages: { macro: PrecisionRecallF1; weighted: PrecisionRecallF1 };
  minimum: ClassExtremes;
  maximum: ClassExtremes;
  /** Counts: a row for each class, a column for each class given. */
  confusion: number[][];
  /** The training that made the weights. */
  training: TrainingSummary;
}
