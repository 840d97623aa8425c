import type { Answers } from "./answers.ts";

/** What some metrics are told besides the answers. */
export interface MetricSettings {
  /**
   * k of top-k accuracy, an integer from 1 to the number of classes. Default: 5, or the number of
   * classes where there are fewer.
   */
  topK?: number;
  /** Number of bins of the calibration error, an integer from 1 up. Default: 15. */
  calibrationBins?: number;
}

/** A number that tells how good a classifier's answers are. */
export interface Metric {
  /** As studies and artifacts spell it: `macroF1`. */
  readonly name: string;
  /** Whether more is better. */
  readonly greaterIsBetter: boolean;
  /** Least and greatest value. */
  readonly range: readonly [least: number, greatest: number];
  /** Whether it is cheap enough to be computed on every resample of a bootstrap. */
  readonly bootstrapped: boolean;
  /** Whether it is of the classes' probabilities: undefined for answers that have none. */
  readonly ofProbabilities?: true;
  /** Which answers leave it undefined, as in "undefined where …"; missing for one that is always defined. */
  readonly undefinedWhere?: string;
  /**
   * The value, within {@linkcode range}; NaN where the answers leave it undefined.
   *
   * @throws {RangeError} if a setting is out of its range.
   */
  compute(answers: Answers, settings?: MetricSettings): number;
}
