/**
 * A model's quantities: test metrics and figures of its training.
 *
 * @module
 */
import { mean } from "../../core/nn/mean.ts";
import { standardDeviation } from "../../core/metrics/spread.ts";
import { tInterval } from "../../core/metrics/t_interval.ts";
import type { Quantity } from "../../data/artifacts/comparison.ts";
import type { Interval, Metrics } from "../../data/artifacts/metrics.ts";
import { type HeadSummary, isFitted } from "../../data/artifacts/summary.ts";
import {
  TEST_METRICS,
  TRAINING_FIGURES,
  type TrainingFigure,
} from "../../data/artifacts/value_names.ts";

/** What intervals a quantity has. */
export interface QuantityOptions {
  /** Over test images. */
  interval?: Interval;
  /** Of the interval over replicates. */
  confidence: number;
}

/** A quantity over replicates, in order; `null` where a replicate has none. */
export function quantity(
  values: readonly (number | null)[],
  { interval, confidence }: QuantityOptions,
): Quantity {
  const known = values.filter((value) => value !== null);
  return {
    mean: known.length === 0 ? null : mean(known),
    standardDeviation: known.length === 0 ? null : standardDeviation(known),
    perReplicate: [...values],
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    overReplicates: tInterval(known, confidence) ?? null,
  };
}

/** Options of {@linkcode quantitiesOf}. */
export interface QuantitiesOptions {
  /** Over test images, of the mean of each test metric that has one. */
  intervals: Readonly<Record<string, Interval | undefined>>;
  /** Of the intervals over replicates. */
  confidence: number;
}

/**
 * Every quantity of a model.
 *
 * @param metrics Of each replicate.
 */
export function quantitiesOf(
  metrics: readonly Metrics[],
  { intervals, confidence }: QuantitiesOptions,
): Record<string, Quantity> {
  const entries = [
    ...TEST_METRICS.map((name): [string, Quantity] => [
      name,
      quantity(metrics.map(({ scores }) => scores[name]), {
        interval: intervals[name],
        confidence,
      }),
    ]),
    ...TRAINING_FIGURES.map((name): [string, Quantity] => [
      name,
      quantity(metrics.map(({ training }) => figureOf(training, name)), { confidence }),
    ]),
  ];
  return Object.fromEntries(entries);
}

function figureOf(training: HeadSummary | null, name: TrainingFigure): number | null {
  if (training === null) return null;
  if (isFitted(training)) {
    const { best: { validationLoss, validationAccuracy }, parameters } = training;
    const figures: Partial<Record<TrainingFigure, number>> = {
      validationLoss,
      validationAccuracy,
      parameters,
    };
    return figures[name] ?? null;
  }

  switch (name) {
    case "validationLoss":
    case "validationAccuracy":
    case "trainLoss":
    case "trainAccuracy":
      return training.best === null ? null : training.best[name];
    case "bestEpoch":
    case "stepsToBest":
    case "samplesToBest":
    case "multiplyAddsToBest":
      // A training that diverged at once has converged in no time only by the letter.
      return training.best === null ? null : training[name];
    default:
      return training[name];
  }
}
