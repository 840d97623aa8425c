import type { Comparison } from "../../../data/artifacts/comparison.ts";
import type { ModelResult, PairResult } from "../model/results.ts";

/** What the tests of each two models came to. */
export function pairResults(comparison: Comparison, models: readonly ModelResult[]): PairResult[] {
  return comparison.pairs.map((pair) => {
    const { accuracy } = pair.differences;
    return {
      left: models.findIndex(({ name }) => name === pair.left),
      right: models.findIndex(({ name }) => name === pair.right),
      difference: accuracy.difference ?? NaN,
      low: accuracy.low ?? NaN,
      high: accuracy.high ?? NaN,
      discordance: pair.discordance,
      p: pair.p,
      corrected: pair.pHolm,
      significant: pair.significant,
      seedsP: accuracy.seeds?.different ?? null,
      detectable: pair.detectable?.atPower ?? null,
    };
  });
}
