import { clusterById } from "../../core/metrics/clusters.ts";
import { holm } from "../../core/metrics/holm.ts";
import type { MetricSettings } from "../../core/metrics/metric.ts";
import { resolveTopK } from "../../core/metrics/top_k_accuracy.ts";
import type { Comparison, PairComparison } from "../../data/artifacts/comparison.ts";
import { bootstrapMeans, type BootstrapMeansOptions } from "./bootstrap_means.ts";
import { comparePair } from "./compare_pair.ts";
import type { EvaluatedModel } from "./evaluated.ts";
import { summarizeModel } from "./summarize_model.ts";
import { comparisonValues } from "./values.ts";

/** Options of {@linkcode compareModels}. */
export interface CompareModelsOptions {
  bootstrap: Omit<BootstrapMeansOptions, "settings">;
  /** Level of the tests, after Holm's correction over all pairs. */
  alpha: number;
  power: number;
  settings: MetricSettings;
}

/** Compares every two models on their test images. */
export async function compareModels(
  models: readonly EvaluatedModel[],
  { bootstrap, alpha, power, settings }: CompareModelsOptions,
): Promise<Comparison> {
  const { samples, confidence, seed } = bootstrap;
  const means = await bootstrapMeans(models, { ...bootstrap, settings });
  const sides = models.map((model) => ({
    model,
    summary: summarizeModel(model, means, { confidence, settings }),
  }));
  const count = models.length * (models.length - 1) / 2;
  const options = { means, confidence, alpha, power, pairs: count };
  const pairs = correct(
    sides.flatMap((left, i) =>
      sides.slice(i + 1).map((right) => comparePair(left, right, options))
    ),
    alpha,
  );
  const accuracy = ({ summary }: typeof sides[number]) => summary.quantities.accuracy.mean!;
  const comparison = {
    models: sides.map(({ summary }) => summary),
    pairs,
    images: clusterById(models.flatMap((own) => own.replicates.map(({ ids }) => ids))).ids.length,
    classes: models[0].replicates[0].metrics.perClass.map(({ name }) => name),
    alpha,
    power,
    bootstrap: { samples, confidence, seed },
    topK: resolveTopK(settings.topK, models[0].replicates[0].answers.classes),
    best: sides.reduce((a, b) => accuracy(b) > accuracy(a) ? b : a).summary.name,
  };
  return { ...comparison, values: comparisonValues(comparison) };
}

/** Holm's correction over the pairs that have a p-value. */
function correct(
  pairs: readonly Omit<PairComparison, "pHolm" | "significant">[],
  alpha: number,
): PairComparison[] {
  const corrected = holm(pairs.flatMap(({ p }) => p === null ? [] : [p]));
  let next = 0;
  return pairs.map((pair) => {
    const pHolm = pair.p === null ? null : corrected[next++];
    return { ...pair, pHolm, significant: pHolm !== null && pHolm <= alpha };
  });
}
