import type {
  BootstrapOptions,
  CalibrationBin,
  ClassExtremes,
  Interval,
  PrecisionRecallF1,
  PredictionsSource,
} from "./metrics.ts";
import type { StopReason } from "./summary.ts";

/** A number over a model's replicates. */
export interface Quantity {
  /** `null` where no replicate has one (no epoch of over-fitting, say). */
  mean: number | null;
  /** With n − 1; 0 for one replicate; `null` where `mean` is. */
  standardDeviation: number | null;
  /** In the study's order; `null` where a replicate has none. */
  perReplicate: (number | null)[];
  /** Bootstrap interval of the mean over test images; `null` for what has none. */
  low: number | null;
  high: number | null;
  /**
   * Interval of the mean over replicates by Student's t, at the confidence of the bootstrap; `null`
   * for fewer than two values. Of seeds on one split it tells of the training's chance alone; of
   * folds, which share training images, it is too narrow.
   */
  overReplicates: Interval | null;
}

/** Scores of a class, means over replicates with their standard deviations. */
export interface ClassComparison extends PrecisionRecallF1 {
  class: number;
  name: string;
  /** Test images of the class, mean over replicates. */
  support: number;
  standardDeviation: PrecisionRecallF1;
}

/** One model over its replicates. */
export interface ModelComparison {
  name: string;
  /** Labels of the replicates, in the study's order: `seed=1`. */
  replicates: string[];
  /** Number of candidates that it was chosen from; 1 where nothing is tuned. */
  tries: number;
  /** `null` where the predictions come from a file, and nothing was trained. */
  head: string | null;
  /** `null` then, and of a head that is fitted in one go. */
  optimizer: string | null;
  /** The file that the predictions come from, if they do. */
  source?: PredictionsSource;
  /** By name: test metrics (`accuracy`) and figures of the training (`bestEpoch`). */
  quantities: Record<string, Quantity>;
  /**
   * By metric, of all replicates' answers together; `null` where they are tested on the same images.
   */
  pooled: Record<string, number | null> | null;
  perClass: ClassComparison[];
  /** Means over replicates. */
  averages: { macro: PrecisionRecallF1; weighted: PrecisionRecallF1 };
  /** Over the means of `perClass`. */
  minimum: ClassExtremes;
  maximum: ClassExtremes;
  /** Counts, summed over replicates: a row for each class, a column for each class given. */
  confusion: number[][];
  /** Reliability table of all replicates' predictions. */
  calibration: CalibrationBin[];
  /** Replicates by how their training stopped; a head that is fitted in one go counts as none. */
  stopped: Record<StopReason, number>;
}

/** A quantity's difference between two models, left minus right. */
export interface Difference {
  /** Of the means; `null` where one has none. */
  difference: number | null;
  /** Paired bootstrap interval over test images; `null` for what has none. */
  low: number | null;
  high: number | null;
  /** Of each replicate that both models have; `null` where one has none. */
  perReplicate: (number | null)[];
  /** Exact sign-flip test over replicates; `null` where it cannot be computed. */
  seeds: {
    /** Two-sided: the mean difference is not 0. */
    different: number;
    /** One-sided: it is above 0. */
    greater: number;
    /** One-sided: it is below 0. */
    less: number;
  } | null;
}

/** McNemar's exact test of one replicate. */
export interface McNemarResult {
  replicate: string;
  /** Test images that both models answered. */
  images: number;
  /** Images that only the left model gets right. */
  onlyLeft: number;
  onlyRight: number;
  /** Two-sided. */
  p: number;
}

/** Two models, the left one first in the study. */
export interface PairComparison {
  left: string;
  right: string;
  /** By the names of {@linkcode ModelComparison.quantities}. */
  differences: Record<string, Difference>;
  /** One for each replicate that both models have. */
  mcnemar: McNemarResult[];
  /** p over replicates: of the only one, else twice the median (Rüger 1978); `null` without any. */
  p: number | null;
  /** `p` after Holm's correction over all pairs. */
  pHolm: number | null;
  /** Whether `pHolm` ≤ α. */
  significant: boolean;
  /** Share of the test images on which one model alone is right, mean over replicates. */
  discordance: number | null;
  detectable: DetectableDifference | null;
}

/** Differences in accuracy that the test of one pair can show; `null` where none is large enough. */
export interface DetectableDifference {
  /**
   * What McNemar's p must reach in a replicate for the pair to be significant whatever the others
   * are: α over the number of pairs, and half of it where replicates are combined.
   */
  level: number;
  /** Least difference that can be significant: one model is right wherever they disagree. */
  least: number | null;
  /** Least difference that can be significant with as many disagreements as observed. */
  atDiscordance: number | null;
  /** Difference that is found with the asked power at the observed discordance. */
  atPower: number | null;
}

/** The artifact `comparison`: all models of a study. */
export interface Comparison {
  /** In the study's order. */
  models: ModelComparison[];
  /** Every two models, in the study's order. */
  pairs: PairComparison[];
  /** Distinct test images over all models and replicates. */
  images: number;
  /** Names of the classes. */
  classes: string[];
  alpha: number;
  /** Power of {@linkcode DetectableDifference.atPower}. */
  power: number;
  bootstrap: BootstrapOptions;
  /** k of the top-k accuracy. */
  topK: number;
  /** Name of the model with the greatest mean accuracy, the first among equals. */
  best: string;
  /** What texts may cite, by the names of `data/artifacts/value_names.ts`. */
  values: Record<string, number | null>;
}
