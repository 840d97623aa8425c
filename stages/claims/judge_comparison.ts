import { MOST_FLIPPED, signFlipTest } from "../../core/metrics/sign_flip.ts";
import type {
  ClaimComparison,
  JudgedComparison,
  Relation,
  Verdict,
  VerdictReason,
} from "../../data/artifacts/claims.ts";
import type { Comparison } from "../../data/artifacts/comparison.ts";
import { mirrorDifference } from "../../data/artifacts/mirror_difference.ts";
import { parseQuantity } from "../../data/artifacts/value_names.ts";

/** A comparison of a claim with the level of its test. */
export type LevelledComparison = ClaimComparison & { alpha: number };

/** What a test came to. */
interface Outcome {
  p: number | null;
  low: number | null;
  high: number | null;
  /** Whether it tells the relation from chance; `null` where it cannot be computed. */
  confirms: boolean | null;
}

/**
 * Judges one comparison of a claim, d being left minus right and m the margin.
 *
 * | relation | holds where | bootstrap asks | seeds asks of |
 * | --- | --- | --- | --- |
 * | greater | d > m | low > m | d − m: one-sided |
 * | atLeast | d ≥ −m | low ≥ −m | d + m: one-sided |
 * | less | d < −m | high < −m | d + m: one-sided |
 * | atMost | d ≤ m | high ≤ m | d − m: one-sided |
 * | different | abs(d) > m | low > m or high < −m | d: two-sided |
 *
 * `low` and `high` end the interval of d over test images; `seeds` is the sign-flip test over
 * replicates, p ≤ α; `mcnemar` asks that the pair's p after Holm's correction be ≤ α.
 */
export function judgeComparison(
  claim: LevelledComparison,
  comparison: Comparison,
): JudgedComparison {
  const { left, relation, right, margin, test, alpha } = claim;
  const leftValue = comparison.values[left];
  const rightValue = typeof right === "number" ? right : comparison.values[right];
  const difference = leftValue === null || rightValue === null ? null : leftValue - rightValue;
  const none: Outcome = { p: null, low: null, high: null, confirms: null };
  let outcome = none;
  let verdict: Verdict = "does-not-hold";
  let reason: VerdictReason = "missing-value";
  if (difference !== null) {
    if (test !== "none") outcome = TESTS[test](claim, comparison) ?? none;
    if (!stands(difference, relation, margin)) reason = "relation";
    else if (test === "none") [verdict, reason] = ["holds", "values"];
    else if (outcome.confirms === null) [verdict, reason] = ["not-significant", "missing-test"];
    else if (outcome.confirms) [verdict, reason] = ["holds", "significant"];
    else [verdict, reason] = ["not-significant", "test"];
  }
  const { p, low, high } = outcome;
  return {
    left: { name: left, value: leftValue },
    relation,
    right: { name: typeof right === "number" ? null : right, value: rightValue },
    margin,
    test,
    alpha,
    difference,
    p,
    low,
    high,
    verdict,
    reason,
  };
}

function stands(difference: number, relation: Relation, margin: number): boolean {
  switch (relation) {
    case "greater":
      return compare(difference, margin) > 0;
    case "atLeast":
      return compare(difference, -margin) >= 0;
    case "less":
      return compare(difference, -margin) < 0;
    case "atMost":
      return compare(difference, margin) <= 0;
    case "different":
      return compare(Math.abs(difference), margin) > 0;
  }
}

/** The sign of a − b; 0 within what rounding makes of equal shares (0.83 − 0.82 and 0.01). */
function compare(a: number, b: number): number {
  const slack = 1e-12 * Math.max(1, Math.abs(a), Math.abs(b));
  return a - b > slack ? 1 : b - a > slack ? -1 : 0;
}

type TestOf = (claim: LevelledComparison, comparison: Comparison) => Outcome | undefined;

const TESTS: Readonly<Record<"mcnemar" | "bootstrap" | "seeds", TestOf>> = {
  mcnemar(claim, comparison) {
    const p = differenceOf(claim, comparison)?.pair?.pHolm ?? null;
    return p === null ? undefined : { p, low: null, high: null, confirms: p <= claim.alpha };
  },
  bootstrap(claim, comparison) {
    const { low, high } = differenceOf(claim, comparison) ?? {};
    if (low === undefined || high === undefined || low === null || high === null) return undefined;
    return { p: null, low, high, confirms: isBeyond(low, high, claim) };
  },
  seeds(claim, comparison) {
    const { relation, margin, alpha } = claim;
    const own = differenceOf(claim, comparison)?.perReplicate ?? [];
    const known = own.filter((value) => value !== null);
    if (known.length < own.length || known.length < 2 || known.length > MOST_FLIPPED) {
      return undefined;
    }
    const shift = relation === "greater" || relation === "atMost" ? -margin : margin;
    const moved = relation === "different" ? known : known.map((value) => value + shift);
    const { different, greater, less } = signFlipTest(moved);
    const p = relation === "different"
      ? different
      : relation === "greater" || relation === "atLeast"
      ? greater
      : less;
    return { p, low: null, high: null, confirms: p <= alpha };
  },
};

/** Whether the whole interval stands in the relation. */
function isBeyond(low: number, high: number, { relation, margin }: ClaimComparison): boolean {
  return relation === "different"
    ? compare(low, margin) > 0 || compare(high, -margin) < 0
    : stands(low, relation, margin) && stands(high, relation, margin);
}

/** The claimed quantity's left minus right: over replicates, and its interval over test images. */
function differenceOf({ left, right }: ClaimComparison, { models, pairs }: Comparison) {
  const names = models.map(({ name }) => name);
  const a = parseQuantity(left, names);
  if (a === undefined) return undefined;
  if (typeof right === "number") {
    const { low, high, perReplicate } = models.find(({ name }) => name === a.model)!
      .quantities[a.quantity];
    const minus = (value: number | null) => value === null ? null : value - right;
    return {
      low: minus(low),
      high: minus(high),
      perReplicate: perReplicate.map(minus),
      pair: undefined,
    };
  }
  const b = parseQuantity(right, names);
  const pair = pairs.find((own) =>
    (own.left === a.model && own.right === b?.model) ||
    (own.left === b?.model && own.right === a.model)
  );
  if (pair === undefined) return undefined;
  const own = pair.differences[a.quantity];
  return { ...(pair.left === a.model ? own : mirrorDifference(own)), pair };
}
