/**
 * What the texts of a study may cite of its comparison.
 *
 * @module
 */
import type {
  Comparison,
  Difference,
  ModelComparison,
  PairComparison,
} from "../../data/artifacts/comparison.ts";
import { mirrorDifference } from "../../data/artifacts/mirror_difference.ts";
import type { PrecisionRecallF1 } from "../../data/artifacts/metrics.ts";
import {
  comparisonValueNames,
  INTERVAL_METRICS,
  pairNames,
  QUANTITIES,
} from "../../data/artifacts/value_names.ts";
import type { StudyFacts } from "../../pipeline/stage.ts";

/** Names of the values of a study's comparison, known before it is run. */
export function valueNames({ models }: Pick<StudyFacts, "models">): string[] {
  return comparisonValueNames(models.map(({ name }) => name));
}

/** The values of a comparison, by exactly the names of {@linkcode valueNames}. */
export function comparisonValues(
  comparison: Omit<Comparison, "values">,
): Record<string, number | null> {
  const { models, pairs } = comparison;
  const values: Record<string, number | null> = {};
  const add = (prefix: string, own: Iterable<readonly [string, number | null]>) => {
    for (const [name, value] of own) values[`${prefix}.${name}`] = value;
  };
  add("evaluation", studyValues(comparison));
  for (const model of models) add(model.name, modelValues(model));
  for (const [name, { left, right }] of pairNames(models.map((model) => model.name))) {
    const pair = pairs.find((own) => own.left === left && own.right === right);
    const mirrored = pairs.find((own) => own.left === right && own.right === left);
    add(name, pairValues(pair ?? mirrored!, pair === undefined));
  }
  return values;
}

type Named = [name: string, value: number | null];

function studyValues(comparison: Omit<Comparison, "values">): Named[] {
  const { models, pairs, images, classes, alpha, power, bootstrap, best } = comparison;
  const atPower = pairs.map(({ detectable }) => detectable?.atPower ?? null);
  const known = atPower.filter((value) => value !== null);
  return [
    ["alpha", alpha],
    ["bestAccuracy", models.find(({ name }) => name === best)!.quantities.accuracy.mean],
    ["classes", classes.length],
    ["confidence", bootstrap.confidence],
    // What suffices for every pair.
    [
      "detectableDifference",
      known.length < atPower.length || known.length === 0
        ? null
        : known.reduce((a, b) => Math.max(a, b)),
    ],
    ["images", images],
    ["models", models.length],
    ["power", power],
  ];
}

function modelValues(
  { quantities, minimum, maximum, replicates, tries }: ModelComparison,
): Named[] {
  return [
    ...QUANTITIES.flatMap((name): Named[] => [
      [name, quantities[name].mean],
      [`${name}Sd`, quantities[name].standardDeviation],
    ]),
    ...INTERVAL_METRICS.flatMap((name): Named[] => [
      [`${name}Low`, quantities[name].low],
      [`${name}High`, quantities[name].high],
    ]),
    ...["Precision", "Recall", "F1"].flatMap((score): Named[] => {
      const key = score.toLowerCase() as keyof PrecisionRecallF1;
      return [[`minimum${score}`, minimum[key].value], [`maximum${score}`, maximum[key].value]];
    }),
    ["replicates", replicates.length],
    ["tries", tries],
  ];
}

function pairValues(pair: PairComparison, isMirrored: boolean): Named[] {
  const { differences, p, pHolm, discordance, detectable } = pair;
  const all = Object.entries(differences).map(([name, own]): [string, Difference] => [
    name,
    isMirrored ? mirrorDifference(own) : own,
  ]);
  return [
    ...all.map(([name, { difference }]): Named => [`${name}Difference`, difference]),
    ...all.filter(([name]) => INTERVAL_METRICS.includes(name)).flatMap(([name, own]): Named[] => [
      [`${name}DifferenceLow`, own.low],
      [`${name}DifferenceHigh`, own.high],
    ]),
    ...all.map(([name, { seeds }]): Named => [`${name}SeedsP`, seeds?.different ?? null]),
    ["p", p],
    ["pHolm", pHolm],
    ["discordance", discordance],
    ["detectableDifference", detectable?.atPower ?? null],
    ["leastDifference", detectable?.least ?? null],
  ];
}
