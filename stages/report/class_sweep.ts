/**
 * The loss of each class along a sweep, and which value is best for which class.
 *
 * @module
 */
import { standardDeviation } from "../../core/metrics/spread.ts";
import { mean } from "../../core/nn/mean.ts";
import type { ModelResult } from "./model/results.ts";
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

/**
 * Follows every class that has a loss at each value of a series, diverged trainings left out.
 *
 * @param losses Of which images; those of no loss have no class.
 */
export function sweepClasses(
  { points }: SweepSeries,
  models: readonly ModelResult[],
  losses: "logLosses" | "validationLosses" = "logLosses",
): SeriesSweep {
  const own = points.map(({ model }) => models[model]);
  const classes = own[0].classes.flatMap((_, index): ClassSweep[] => {
    const runs = own.map(({ classes }) => classes[index][losses] ?? []);
    const known = runs.map((values) => values.filter(Number.isFinite));
    if (known.some((values) => values.length === 0)) return [];
    const means = known.map(mean);
    const best = indexOfLeast(means);
    const replicates = Math.min(...runs.map((values) => values.length));
    const bests = Array.from(
      { length: replicates },
      (_, r) => indexOfLeast(runs.map((values) => values[r])),
    );
    return [{
      class: index,
      losses: means,
      deviations: known.map(standardDeviation),
      best,
      agreeing: bests.filter((value) => value === best).length,
      replicates,
    }];
  });
  const at = (value: number) => classes.map((own) => own.losses[value]);
  const means = points.map((_, i) => mean(at(i)));
  return {
    classes,
    means,
    deviations: points.map((_, i) => standardDeviation(at(i))),
    best: indexOfLeast(means),
    counts: points.map((_, i) => classes.filter(({ best }) => best === i).length),
  };
}

/** What a choice on validation images comes to on the test images. */
export interface ValidatedSweep {
  /** Index of the value of lowest mean over classes on validation. */
  common: number;
  /** Index of the value of lowest loss on validation, of each class that has losses on both. */
  own: ReadonlyMap<number, number>;
  /** Mean test loss over these classes: all at the common value, and each at its own. */
  lossAtCommon: number;
  lossAtOwn: number;
}

/** Chooses on validation, for all classes and for each; nothing where no class has losses there. */
export function validateSweep(
  test: SeriesSweep,
  validation: SeriesSweep,
): ValidatedSweep | undefined {
  const own = new Map(validation.classes.map((sweep) => [sweep.class, sweep.best]));
  const both = test.classes.filter((sweep) => own.has(sweep.class));
  if (both.length === 0) return undefined;
  return {
    common: validation.best,
    own,
    lossAtCommon: mean(both.map(({ losses }) => losses[validation.best])),
    lossAtOwn: mean(both.map((sweep) => sweep.losses[own.get(sweep.class)!])),
  };
}

function indexOfLeast(values: readonly number[]): number {
  return values.reduce(
    (least, value, i) => value < values[least] || Number.isNaN(values[least]) ? i : least,
    0,
  );
}
