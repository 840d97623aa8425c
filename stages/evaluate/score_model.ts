import type { Answers } from "../../core/metrics/answers.ts";
import {
  type BootstrapOptions,
  percentileInterval,
  resamples,
} from "../../core/metrics/bootstrap.ts";
import { averageClasses, extremeClasses } from "../../core/metrics/precision_recall_f1.ts";
import { METRICS } from "../../core/metrics/registry.ts";
import type { Interval, Metrics } from "../../data/artifacts/metrics.ts";

/** Options of {@linkcode scoreModel}. */
export interface ScoreModelOptions {
  /** Names of the classes. */
  classes: readonly string[];
  bootstrap: BootstrapOptions;
  /** Called now and then during the resamples; waited for. */
  progress(done: number, total: number): Promise<void>;
}

/** Resamples between two calls of `progress`. */
const BETWEEN_PROGRESS = 250;

/** Every metric of one model's answers on the test images, with intervals. */
export async function scoreModel(
  answers: Answers,
  { classes, bootstrap, progress }: ScoreModelOptions,
): Promise<Omit<Metrics, "training">> {
  const scores = Object.fromEntries(METRICS.map(({ name, compute }) => [name, compute(answers)]));
  const draws = METRICS.map(() => new Float64Array(bootstrap.samples));
  let done = 0;
  for (const rows of resamples(answers.rows.length, bootstrap)) {
    const resample = answers.at(rows);
    METRICS.forEach(({ compute }, i) => draws[i][done] = compute(resample));
    if (++done % BETWEEN_PROGRESS === 0) await progress(done, bootstrap.samples);
  }
  const intervals: Record<string, Interval> = {};
  METRICS.forEach(({ name }, i) => {
    intervals[name] = percentileInterval(draws[i], bootstrap.confidence);
  });
  const perClass = answers.classScores;
  const k = answers.classes;
  const confusion = classes.map((_, i) => [...answers.confusion.subarray(i * k, (i + 1) * k)]);
  return {
    images: answers.rows.length,
    correct: confusion.reduce((sum, row, i) => sum + row[i], 0),
    scores,
    intervals,
    bootstrap,
    perClass: perClass.map((own, i) => ({ class: i, name: classes[i], ...own })),
    averages: {
      macro: averageClasses(perClass, "macro"),
      weighted: averageClasses(perClass, "weighted"),
    },
    minimum: extremeClasses(perClass, "minimum"),
    maximum: extremeClasses(perClass, "maximum"),
    confusion,
  };
}
