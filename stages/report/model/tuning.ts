/**
 * What a model's tuning came to.
 *
 * @module
 */
import type { ClassDecays } from "../../../data/artifacts/class_decays.ts";
import type { ClassLosses, Monitor } from "../../../data/artifacts/summary.ts";
import type { Search } from "../search.ts";

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
  /** Where the weight decay of each class is chosen too. */
  byClass?: TuningByClass;
}

/** The weight decays that the classes chose, and the training with them. */
export interface TuningByClass {
  /** As {@linkcode TuningResult.choices}. */
  choices: readonly ClassDecays[];
  /** The last training's mean of the criterion over replicates; NaN where one has none. */
  score: number;
  /** Validation losses of the classes in the last training of each replicate. */
  losses: readonly ClassLosses[];
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
