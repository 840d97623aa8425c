import { combinePValues } from "../../core/metrics/combine_p_values.ts";
import {
  differenceAtPower,
  leastDisagreements,
  leastSignificantSplit,
} from "../../core/metrics/detectable_difference.ts";
import { mcnemar } from "../../core/metrics/mcnemar.ts";
import { MOST_FLIPPED, signFlipTest } from "../../core/metrics/sign_flip.ts";
import { mean } from "../../core/nn/mean.ts";
import type {
  DetectableDifference,
  Difference,
  McNemarResult,
  ModelComparison,
  PairComparison,
} from "../../data/artifacts/comparison.ts";
import { standsBeside } from "../../data/artifacts/stands_beside.ts";
import { INTERVAL_METRICS, QUANTITIES } from "../../data/artifacts/value_names.ts";
import { type BootstrapMeans, intervalOf } from "./bootstrap_means.ts";
import type { EvaluatedModel, EvaluatedReplicate } from "./evaluated.ts";

/** A model's replicates and what they come to. */
export interface PairSide {
  model: EvaluatedModel;
  summary: ModelComparison;
}

/** Options of {@linkcode comparePair}. */
export interface ComparePairOptions {
  means: BootstrapMeans;
  confidence: number;
  /** Level of the tests over all pairs. */
  alpha: number;
  power: number;
  /** Number of pairs that are tested. */
  pairs: number;
}

/** Two models on the replicates that both have; `pHolm` and `significant` need all pairs. */
export function comparePair(
  left: PairSide,
  right: PairSide,
  options: ComparePairOptions,
): Omit<PairComparison, "pHolm" | "significant"> {
  const { means, confidence } = options;
  const shared = sharedReplicates(left, right);
  const tests = shared.map(({ label, ...of }) =>
    testReplicate(label, replicateOf(left, of.left), replicateOf(right, of.right))
  ).filter(({ images }) => images > 0);
  const discordance = tests.length === 0
    ? null
    : mean(tests.map(({ onlyLeft, onlyRight, images }) => (onlyLeft + onlyRight) / images));
  const [leftDraws, rightDraws] = [left, right].map(({ summary }) => means.get(summary.name)!);
  const differences = QUANTITIES.map((name): [string, Difference] => {
    const interval = INTERVAL_METRICS.includes(name)
      ? intervalOf(leftDraws.get(name)!, rightDraws.get(name)!, confidence)
      : undefined;
    const { low = null, high = null } = interval ?? {};
    return [name, { ...differenceOf(name, left, right, shared), low, high }];
  });
  return {
    left: left.summary.name,
    right: right.summary.name,
    differences: Object.fromEntries(differences),
    mcnemar: tests,
    p: tests.length === 0 ? null : combinePValues(tests.map(({ p }) => p)),
    discordance,
    detectable: discordance === null ? null : detectable(tests, discordance, options),
  };
}

/** A replicate of a pair with its labels on both sides. */
interface SharedReplicate {
  label: string;
  left: string;
  right: string;
}

/** Replicates that both have; predictions from a file, which no seed repeats, stand beside each. */
function sharedReplicates(left: PairSide, right: PairSide): SharedReplicate[] {
  const [ofLeft, ofRight] = [left, right].map(({ summary }) => summary.replicates);
  const beside = (labels: readonly string[], label: string) =>
    labels.filter((other) => standsBeside(label, other));
  if (left.summary.source !== undefined) {
    return ofRight.flatMap((label) =>
      beside(ofLeft, label).map((other) => ({ label, left: other, right: label }))
    );
  }
  if (right.summary.source !== undefined) {
    return ofLeft.flatMap((label) =>
      beside(ofRight, label).map((other) => ({ label, left: label, right: other }))
    );
  }
  return ofLeft.filter((label) => ofRight.includes(label))
    .map((label) => ({ label, left: label, right: label }));
}

function replicateOf({ model }: PairSide, label: string): EvaluatedReplicate {
  return model.replicates.find((replicate) => replicate.label === label)!;
}

function testReplicate(
  replicate: string,
  left: EvaluatedReplicate,
  right: EvaluatedReplicate,
): McNemarResult {
  const rowOf = new Map(right.ids.map((id, row) => [id, row]));
  const isRight = ({ answers }: EvaluatedReplicate, row: number) =>
    answers.predicted[row] === answers.labels[row];
  let images = 0;
  let onlyLeft = 0;
  let onlyRight = 0;
  left.ids.forEach((id, row) => {
    const other = rowOf.get(id);
    if (other === undefined) return;
    images++;
    const [a, b] = [isRight(left, row), isRight(right, other)];
    if (a && !b) onlyLeft++;
    if (b && !a) onlyRight++;
  });
  const p = mcnemar(onlyLeft, onlyRight);
  return { replicate, images, onlyLeft, onlyRight, p };
}

function differenceOf(
  name: string,
  left: PairSide,
  right: PairSide,
  shared: readonly SharedReplicate[],
): Pick<Difference, "difference" | "perReplicate" | "seeds"> {
  const [a, b] = [left, right].map(({ summary }) => summary.quantities[name]);
  const at = ({ summary }: PairSide, label: string) =>
    summary.quantities[name].perReplicate[summary.replicates.indexOf(label)];
  const perReplicate = shared.map((of) => minus(at(left, of.left), at(right, of.right)));
  const known = perReplicate.filter((value) => value !== null);
  // Predictions from a file have no chance of their own that replicates could tell of.
  const isTrained = [left, right].every(({ summary }) => summary.source === undefined);
  const testable = isTrained && known.length === perReplicate.length && known.length >= 2 &&
    known.length <= MOST_FLIPPED;
  return {
    difference: minus(a.mean, b.mean),
    perReplicate,
    seeds: testable ? signFlipTest(known) : null,
  };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function detectable(
  tests: readonly McNemarResult[],
  discordance: number,
  { alpha, power, pairs }: ComparePairOptions,
): DetectableDifference {
  const level = alpha / pairs / (tests.length > 1 ? 2 : 1);
  const samples = tests.reduce((least, { images }) => Math.min(least, images), Infinity);
  const least = leastDisagreements(level);
  const split = leastSignificantSplit(Math.floor(discordance * samples + 0.5), level);
  return {
    level,
    least: least > samples ? null : least / samples,
    atDiscordance: split === null ? null : split / samples,
    atPower: differenceAtPower({ samples, discordance, level, power }),
  };
}
