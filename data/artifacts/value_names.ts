/**
 * What the values of a comparison are called, in texts (`{adamw.accuracy}`) and in claims.
 *
 * @module
 */
import { BOOTSTRAPPED_METRICS, METRICS } from "../../core/metrics/registry.ts";

/** Test metrics, computed from predictions and their probabilities. */
export const TEST_METRICS: readonly string[] = METRICS.map(({ name }) => name);

/** Test metrics that have a bootstrap interval over test images. */
export const INTERVAL_METRICS: readonly string[] = BOOTSTRAPPED_METRICS.map(({ name }) => name);

/** Figures of a training; see {@linkcode TrainingSummary}. */
export const TRAINING_FIGURES = [
  "epochs",
  "bestEpoch",
  "overfitEpoch",
  "steps",
  "samples",
  "multiplyAdds",
  "stepsToBest",
  "samplesToBest",
  "multiplyAddsToBest",
  "parameters",
  "validationLoss",
  "validationAccuracy",
  "trainLoss",
  "trainAccuracy",
  "learningRate",
  "weightDecay",
  "batchSize",
] as const;

/** See {@linkcode TRAINING_FIGURES}. */
export type TrainingFigure = (typeof TRAINING_FIGURES)[number];

/** Names of all quantities of a model. */
export const QUANTITIES: readonly string[] = [...TEST_METRICS, ...TRAINING_FIGURES];

const CLASS_EXTREMES = ["Precision", "Recall", "F1"].flatMap((score) => [
  `minimum${score}`,
  `maximum${score}`,
]);

/** Names of the values of one model, after its own name and a dot. */
export const MODEL_VALUES: readonly string[] = [
  ...QUANTITIES.flatMap((name) => [name, `${name}Sd`]),
  ...INTERVAL_METRICS.flatMap((name) => [`${name}Low`, `${name}High`]),
  ...CLASS_EXTREMES,
  "replicates",
  "tries",
];

/** Names of the values of a pair of models, after `<left>-<right>.`; left minus right. */
export const PAIR_VALUES: readonly string[] = [
  ...QUANTITIES.map((name) => `${name}Difference`),
  ...INTERVAL_METRICS.flatMap((name) => [`${name}DifferenceLow`, `${name}DifferenceHigh`]),
  ...QUANTITIES.map((name) => `${name}SeedsP`),
  "p",
  "pHolm",
  "discordance",
  "detectableDifference",
  "leastDifference",
];

/** Names of the values of the study as a whole. */
export const STUDY_VALUES: readonly string[] = [
  "evaluation.alpha",
  "evaluation.bestAccuracy",
  "evaluation.classes",
  "evaluation.confidence",
  "evaluation.detectableDifference",
  "evaluation.images",
  "evaluation.models",
  "evaluation.power",
];

/** Left and right model of every pair, in both orders, by the name that values give it. */
export function pairNames(
  models: readonly string[],
): Map<string, { left: string; right: string }> {
  const pairs = new Map<string, { left: string; right: string }>();
  const ambiguous = new Set<string>();
  for (const left of models) {
    for (const right of models) {
      if (left === right) continue;
      const name = `${left}-${right}`;
      // `a-b` against `c` and `a` against `b-c` cannot be told apart.
      if (pairs.has(name) || models.includes(name)) ambiguous.add(name);
      pairs.set(name, { left, right });
    }
  }
  for (const name of ambiguous) pairs.delete(name);
  return pairs;
}

/**
 * Every name of a comparison of these models, in order. A pair whose name also fits other models is
 * left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const names = comparisonValueNames(["adam", "lion"]);
 * assert.ok(names.includes("lion.accuracyLow"));
 * assert.ok(names.includes("lion-adam.accuracyDifference"));
 * ```
 */
export function comparisonValueNames(models: readonly string[]): string[] {
  return [
    ...STUDY_VALUES,
    ...models.flatMap((model) => MODEL_VALUES.map((value) => `${model}.${value}`)),
    ...[...pairNames(models).keys()].flatMap((pair) =>
      PAIR_VALUES.map((value) => `${pair}.${value}`)
    ),
  ];
}

/**
 * The model and quantity of a name such as `adamw.accuracy`; `undefined` for any other value.
 */
export function parseQuantity(
  name: string,
  models: readonly string[],
): { model: string; quantity: string } | undefined {
  const dot = name.lastIndexOf(".");
  const model = name.slice(0, dot);
  const quantity = name.slice(dot + 1);
  if (dot < 0 || !models.includes(model) || !QUANTITIES.includes(quantity)) return undefined;
  return { model, quantity };
}
