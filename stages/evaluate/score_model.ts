import type { Answers } from "../../core/metrics/answers.ts";
import { averagePrecisionOfClasses } from "../../core/metrics/average_precision.ts";
import { averageClasses } from "../../core/metrics/averages.ts";
import {
  type BootstrapOptions,
  percentileInterval,
  resamples,
} from "../../core/metrics/bootstrap.ts";
import { extremeClasses } from "../../core/metrics/extreme_classes.ts";
import { logLossOfClasses } from "../../core/metrics/log_loss.ts";
import type { MetricSettings } from "../../core/metrics/metric.ts";
import { mostConfused } from "../../core/metrics/most_confused.ts";
import { normalizeConfusion } from "../../core/metrics/normalize_confusion.ts";
import { oneVsRest } from "../../core/metrics/one_vs_rest.ts";
import { BOOTSTRAPPED_METRICS, METRICS } from "../../core/metrics/registry.ts";
import { reliabilityTable } from "../../core/metrics/reliability_table.ts";
import { rocAucOfClasses } from "../../core/metrics/roc_auc.ts";
import { NO_PROBABILITIES, valueOf } from "../../core/metrics/value_of.ts";
import { resolveTopK } from "../../core/metrics/top_k_accuracy.ts";
import {
  type ClassScores,
  CONFUSIONS_LISTED,
  type Interval,
  type Metrics,
} from "../../data/artifacts/metrics.ts";

/** Options of {@linkcode scoreModel}. */
export interface ScoreModelOptions {
  /** Names of the classes. */
  classes: readonly string[];
  bootstrap: BootstrapOptions;
  settings?: MetricSettings;
  /** Called now and then during the resamples; waited for. */
  progress(done: number, total: number): Promise<void>;
}

/** Resamples between two calls of `progress`. */
const BETWEEN_PROGRESS = 250;

/**
 * Every metric of one model's answers on the test images, with intervals.
 *
 * @throws {RangeError} if a setting is out of its range.
 */
export async function scoreModel(
  answers: Answers,
  { classes, bootstrap, settings = {}, progress }: ScoreModelOptions,
): Promise<Omit<Metrics, "training" | "source">> {
  const k = answers.classes;
  const scores: Record<string, number | null> = {};
  const undefinedWhere: Record<string, string> = {};
  for (const metric of METRICS) {
    scores[metric.name] = orNull(valueOf(metric, answers, settings));
    if (scores[metric.name] !== null) continue;
    undefinedWhere[metric.name] = answers.classesOnly && metric.ofProbabilities
      ? NO_PROBABILITIES
      : metric.undefinedWhere!;
  }
  const perClass = scoreClasses(answers, classes);
  const confusion = rowsOf(answers.confusion, k);
  return {
    images: answers.rows.length,
    correct: confusion.reduce((sum, row, i) => sum + row[i], 0),
    topK: resolveTopK(settings.topK, k),
    scores,
    undefinedWhere,
    intervals: await bootstrapIntervals(answers, { bootstrap, settings, progress }),
    bootstrap,
    perClass,
    averages: {
      macro: averageClasses(perClass, "macro"),
      weighted: averageClasses(perClass, "weighted"),
    },
    minimum: extremeClasses(perClass, "minimum"),
    maximum: extremeClasses(perClass, "maximum"),
    confusion,
    normalizedConfusion: rowsOf(normalizeConfusion(answers.confusion, k), k),
    mostConfused: mostConfused(confusion, CONFUSIONS_LISTED).map((pair) => ({
      ...pair,
      label: classes[pair.label],
      predicted: classes[pair.predicted],
    })),
    calibration: reliabilityTable(answers, settings.calibrationBins).map((bin) => ({
      low: bin.low,
      high: bin.high,
      count: answers.classesOnly ? 0 : bin.count,
      confidence: answers.classesOnly ? null : orNull(bin.confidence),
      accuracy: answers.classesOnly ? null : orNull(bin.accuracy),
    })),
  };
}

async function bootstrapIntervals(
  answers: Answers,
  { bootstrap, settings, progress }: Omit<ScoreModelOptions, "classes">,
): Promise<Record<string, Interval>> {
  const draws = BOOTSTRAPPED_METRICS.map(() => new Float64Array(bootstrap.samples));
  let done = 0;
  for (const rows of resamples(answers.rows.length, bootstrap)) {
    const resample = answers.at(rows);
    BOOTSTRAPPED_METRICS.forEach((metric, i) =>
      draws[i][done] = valueOf(metric, resample, settings)
    );
    if (++done % BETWEEN_PROGRESS === 0) await progress(done, bootstrap.samples);
  }
  const intervals: Record<string, Interval> = {};
  BOOTSTRAPPED_METRICS.forEach(({ name }, i) => {
    const known = draws[i].filter(Number.isFinite);
    if (known.length > 0) intervals[name] = percentileInterval(known, bootstrap.confidence);
  });
  return intervals;
}

function scoreClasses(answers: Answers, classes: readonly string[]): ClassScores[] {
  const none = () => new Array<number>(answers.classes).fill(NaN);
  const rocAuc = answers.classesOnly ? none() : answers.once(rocAucOfClasses);
  const averagePrecision = answers.classesOnly ? none() : answers.once(averagePrecisionOfClasses);
  const losses = answers.classesOnly ? none() : answers.once(logLossOfClasses);
  const counts = oneVsRest(answers.confusion, answers.classes);
  return answers.classScores.map((own, i) => ({
    class: i,
    name: classes[i],
    ...own,
    rocAuc: orNull(rocAuc[i]),
    averagePrecision: orNull(averagePrecision[i]),
    logLoss: orNull(losses[i]),
    counts: counts[i],
  }));
}

/** A matrix of k columns by its rows. */
function rowsOf(matrix: Int32Array | Float64Array, k: number): number[][] {
  return Array.from({ length: k }, (_, i) => [...matrix.subarray(i * k, (i + 1) * k)]);
}

/** JSON has no NaN. */
function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
