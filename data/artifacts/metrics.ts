import type { BootstrapOptions, Interval } from "../../core/metrics/bootstrap.ts";
import type {
  ClassScores as Scores,
  ClassValue,
  PrecisionRecallF1,
} from "../../core/metrics/precision_recall_f1.ts";
import type { TrainingSummary } from "./summary.ts";

export type { BootstrapOptions, ClassValue, Interval, PrecisionRecallF1 };

/** Scores of one class: precision, recall, F1, support, and how often it was given. */
export interface ClassScores extends Scores {
  /** Its index. */
  class: number;
  name: string;
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
  bootstrap: BootstrapOptions;
  perClass: ClassScores[];
  averages: { macro: PrecisionRecallF1; weighted: PrecisionRecallF1 };
  minimum: ClassExtremes;
  maximum: ClassExtremes;
  /** Counts: a row for each class, a column for each class given. */
  confusion: number[][];
  /** The training that made the weights. */
  training: TrainingSummary;
}
