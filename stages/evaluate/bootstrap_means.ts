import { mean } from "../../core/nn/mean.ts";
import {
  type BootstrapOptions,
  percentileInterval,
  resamples,
} from "../../core/metrics/bootstrap.ts";
import { clusterById, rowsOfDraw } from "../../core/metrics/clusters.ts";
import type { MetricSettings } from "../../core/metrics/metric.ts";
import { BOOTSTRAPPED_METRICS } from "../../core/metrics/registry.ts";
import { valueOf } from "../../core/metrics/value_of.ts";
import type { Interval } from "../../data/artifacts/metrics.ts";
import type { EvaluatedModel } from "./evaluated.ts";

/** For each model and each metric that is cheap enough, the mean over replicates in each resample. */
export type BootstrapMeans = ReadonlyMap<string, ReadonlyMap<string, Float64Array>>;

/** Options of {@linkcode bootstrapMeans}. */
export interface BootstrapMeansOptions extends BootstrapOptions {
  settings: MetricSettings;
  /** Called now and then; waited for. */
  progress(done: number, total: number): Promise<void>;
}

/** Resamples between two calls of `progress`. */
const BETWEEN_PROGRESS = 50;

/**
 * Bootstrap over test images of each model's metrics, averaged over replicates.
 *
 * A test image is one unit: a resample draws it for all models and replicates at once, so that
 * models are compared on the same images. A replicate without any of the drawn images is left out
 * of its model's mean; NaN where all are.
 */
export async function bootstrapMeans(
  models: readonly EvaluatedModel[],
  { progress, settings, ...options }: BootstrapMeansOptions,
): Promise<BootstrapMeans> {
  const all = models.flatMap(({ replicates }) => replicates);
  const clusters = clusterById(all.map(({ ids }) => ids));
  const rowsOf = new Map(all.map((replicate, i) => [replicate, clusters.rows[i]]));
  const means = new Map(models.map(({ name }) => [
    name,
    new Map(BOOTSTRAPPED_METRICS.map(({ name }) => [name, new Float64Array(options.samples)])),
  ]));
  let done = 0;
  for (const draw of resamples(clusters.ids.length, options)) {
    for (const { name, replicates } of models) {
      const answers = replicates.flatMap((replicate) => {
        const rows = rowsOfDraw(draw, rowsOf.get(replicate)!);
        return rows.length === 0 ? [] : [replicate.answers.at(rows)];
      });
      for (const metric of BOOTSTRAPPED_METRICS) {
        const values = answers.map((own) => valueOf(metric, own, settings));
        means.get(name)!.get(metric.name)![done] = mean(values);
      }
    }
    if (++done % BETWEEN_PROGRESS === 0) await progress(done, options.samples);
  }
  return means;
}

/** The interval of a metric's mean, or of its difference; of the resamples that have a value. */
export function intervalOf(
  left: Float64Array,
  right: Float64Array | undefined,
  confidence: number,
): Interval | undefined {
  const values = right === undefined ? left : left.map((value, i) => value - right[i]);
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? undefined : percentileInterval(known, confidence);
}
