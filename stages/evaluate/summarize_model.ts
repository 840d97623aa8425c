import { mean } from "../../core/nn/mean.ts";
import type { BootstrapOptions } from "../../core/metrics/bootstrap.ts";
import type { MetricSettings } from "../../core/metrics/metric.ts";
import { extremeClasses } from "../../core/metrics/extreme_classes.ts";
import { standardDeviation } from "../../core/metrics/spread.ts";
import type { ClassComparison, ModelComparison } from "../../data/artifacts/comparison.ts";
import type {
  CalibrationBin,
  ClassScores,
  PrecisionRecallF1,
} from "../../data/artifacts/metrics.ts";
import { isTrained } from "../../data/artifacts/summary.ts";
import { INTERVAL_METRICS } from "../../data/artifacts/value_names.ts";
import { type BootstrapMeans, intervalOf } from "./bootstrap_means.ts";
import type { EvaluatedModel } from "./evaluated.ts";
import { poolScores } from "./pool_scores.ts";
import { quantitiesOf } from "./quantities.ts";

/** Options of {@linkcode summarizeModel}. */
export interface SummarizeModelOptions extends Pick<BootstrapOptions, "confidence"> {
  settings: MetricSettings;
}

/** One model over its replicates. */
export function summarizeModel(
  { name, tries, replicates }: EvaluatedModel,
  means: BootstrapMeans,
  { confidence, settings }: SummarizeModelOptions,
): ModelComparison {
  const metrics = replicates.map((replicate) => replicate.metrics);
  const [{ training, source, confusion, calibration }] = metrics;
  const draws = means.get(name)!;
  const intervals = Object.fromEntries(
    INTERVAL_METRICS.map((
      metric,
    ) => [metric, intervalOf(draws.get(metric)!, undefined, confidence)]),
  );
  const stopped = { patience: 0, maximum: 0, converged: 0, diverged: 0 };
  for (const own of metrics) if (isTrained(own.training)) stopped[own.training.stopped]++;
  const perClass = confusion.map((_, i) => summarizeClass(metrics.map((own) => own.perClass[i])));
  return {
    name,
    replicates: replicates.map(({ label }) => label),
    tries,
    head: training?.head ?? null,
    optimizer: isTrained(training) ? training.optimizer : null,
    ...(source === undefined ? {} : { source }),
    quantities: quantitiesOf(metrics, { intervals, confidence }),
    pooled: poolScores(replicates, { ...settings, calibrationBins: calibration.length }),
    perClass,
    averages: {
      macro: overReplicates(metrics.map(({ averages }) => averages.macro), mean),
      weighted: overReplicates(metrics.map(({ averages }) => averages.weighted), mean),
    },
    minimum: extremeClasses(perClass, "minimum"),
    maximum: extremeClasses(perClass, "maximum"),
    confusion: confusion.map((row, i) =>
      row.map((_, j) => metrics.reduce((sum, own) => sum + own.confusion[i][j], 0))
    ),
    calibration: calibration.map((_, i) => poolBins(metrics.map((own) => own.calibration[i]))),
    stopped,
  };
}

/** The bin of several tables' predictions, in the order of the tables. */
function poolBins(bins: readonly CalibrationBin[]): CalibrationBin {
  const [{ low, high }] = bins;
  const count = bins.reduce((sum, own) => sum + own.count, 0);
  const average = (value: "confidence" | "accuracy") =>
    count === 0 ? null : bins.reduce((sum, own) => sum + own.count * (own[value] ?? 0), 0) / count;
  return { low, high, count, confidence: average("confidence"), accuracy: average("accuracy") };
}

function summarizeClass(scores: readonly ClassScores[]): ClassComparison {
  return {
    class: scores[0].class,
    name: scores[0].name,
    ...overReplicates(scores, mean),
    support: mean(scores.map(({ support }) => support)),
    standardDeviation: overReplicates(scores, standardDeviation),
  };
}

function overReplicates(
  scores: readonly PrecisionRecallF1[],
  reduce: (values: number[]) => number,
): PrecisionRecallF1 {
  return {
    precision: reduce(scores.map(({ precision }) => precision)),
    recall: reduce(scores.map(({ recall }) => recall)),
    f1: reduce(scores.map(({ f1 }) => f1)),
  };
}
