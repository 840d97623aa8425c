/**
 * The loss of each class along a sweep, and which value is best for which class.
 *
 * @module
 */
import { standardDeviation } from "../../core/metrics/spread.ts";
import { mean } from "../../core/nn/mean.ts";
import type { ModelResult } from "./model.ts";
import type { SweepSeries } from "./sweeps.ts";

/** A class along a series. */
export interface ClassSweep {
  /** Index of the class. */
  class: number;
  /** Mean loss over replicates at each value. */
  losses: number[];
  /** Standard deviation over replicates at each value. */
  deviations: number[];
  /** Index of the value of lowest mean loss, the smallest value among equals. */
  best: number;
  /** In how many of the replicates that value is the best too. */
  agreeing: number;
  replicates: number;
}

/** All classes along a series. */
export interface SeriesSweep {
  /** Those that have test images. */
  classes: ClassSweep[];
  /** Mean over classes at each value. */
  means: number[];
  /** Standard deviation over classes at each value. */
  deviations: number[];
  /** Index of the value of lowest mean, the smallest value among equals. */
  best: number;
  /** For how many classes each value is the best. */
  counts: number[];
}

/** Follows every class that has a loss at each value of a series, diverged trainings left out. */
export function sweepClasses({ points }: SweepSeries, models: readonly ModelResult[]): SeriesSweep {
  const own = points.map(({ model }) => models[model]);
  const classes = own[0].classes.flatMap((_, index): ClassSweep[] => {
    const runs = own.map(({ classes }) => classes[index].logLosses);
    const known = runs.map((values) => values.filter(Number.isFinite));
    if (known.some((values) => values.length === 0)) return [];
    const losses = known.map(mean);
    const best = indexOfLeast(losses);
    const replicates = Math.min(...runs.map((values) => values.length));
    const bests = Array.from(
      { length: replicates },
      (_, r) => indexOfLeast(runs.map((values) => values[r])),
    );
    return [{
      class: index,
      losses,
      deviations: known.map(standardDeviation),
      best,
      agreeing: bests.filter((value) => value === best).length,
      replicates,
    }];
  });
  const at = (value: number) => classes.map(({ losses }) => losses[value]);
  const means = points.map((_, i) => mean(at(i)));
  return {
    classes,
    means,
    deviations: points.map((_, i) => standardDeviation(at(i))),
    best: indexOfLeast(means),
    counts: points.map((_, i) => classes.filter(({ best }) => best === i).length),
  };
}

function indexOfLeast(values: readonly number[]): number {
  return values.reduce(
    (least, value, i) => value < values[least] || Number.isNaN(values[least]) ? i : least,
    0,
  );
}
