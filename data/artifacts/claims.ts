/**
 * Claims: what a study states before it is run, and what became of it.
 *
 * @module
 */
import { z } from "zod";

/** How the left value must stand to the right one. */
export const RELATIONS = ["greater", "atLeast", "less", "atMost", "different"] as const;

/** See {@linkcode RELATIONS}. */
export type Relation = (typeof RELATIONS)[number];

/** What tells a relation from chance. */
export const CLAIM_TESTS = ["none", "mcnemar", "bootstrap", "seeds"] as const;

/** See {@linkcode CLAIM_TESTS}. */
export type ClaimTest = (typeof CLAIM_TESTS)[number];

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
  error: 'expected a language code such as "en"',
});
const comparison = {
  left: z.string().min(1).describe("A value of the study: `adamw.accuracy`."),
  relation: z.enum(RELATIONS).describe("How the left value stands to the right one."),
  right: z.union([z.string().min(1), z.number()]).describe("Another value, or a number."),
  margin: z.number().min(0).default(0).describe(
    "Slack of atLeast and atMost; least difference of greater, less and different.",
  ),
  test: z.enum(CLAIM_TESTS).default("none").describe(
    "none: the values alone; mcnemar: over test images, corrected over all pairs of models; " +
      "bootstrap: the interval over test images; seeds: exact sign-flip test over replicates.",
  ),
  alpha: z.number().gt(0).max(0.5).optional().describe(
    "Level of the test, in (0, 0.5]; evaluate.alpha, or 1 - evaluate.bootstrap.confidence.",
  ),
};
const head = {
  id: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, {
    error: "expected a name: a letter, then letters, digits, - or _",
  }).describe("Names the claim in the lock: its verdict is held to it."),
  text: z.union([z.string().min(1), z.record(language, z.string().min(1))]).describe(
    "The claim in words, for each language of the study.",
  ),
};
/** One comparison of a claim. */
export const comparisonSchema = z.strictObject(comparison);

/** One claim of a study file: a single comparison, or several that must `all` hold. */
export const claimSchema = z.union([
  z.strictObject({ ...head, ...comparison }),
  z.strictObject({
    ...head,
    all: z.array(comparisonSchema).min(1).describe("Comparisons that must all hold."),
  }),
]);

/** Section `claims` of a study file. */
export const claimsSchema = z.array(claimSchema).default([]);

/** One comparison of a claim. */
export type ClaimComparison = z.output<typeof comparisonSchema>;

/** A claim as the study file states it. */
export type Claim = z.output<typeof claimSchema>;

/**
 * - `holds`: the values stand in the relation and the test, where there is one, tells it from
 *   chance;
 * - `does-not-hold`: the values do not stand in the relation;
 * - `not-significant`: they do, but the test does not tell it from chance.
 */
export type Verdict = "holds" | "does-not-hold" | "not-significant";

/** Why a comparison got its verdict. */
export type VerdictReason =
  /** The values stand in the relation; no test was asked for. */
  | "values"
  /** The values stand in the relation and the test confirms it. */
  | "significant"
  /** The values do not stand in the relation. */
  | "relation"
  /** p is above α, or the interval reaches over the bound. */
  | "test"
  /** A value does not exist, such as an epoch of over-fitting that never came. */
  | "missing-value"
  /** The test cannot be computed: no replicate that both models have, or too many. */
  | "missing-test";

/** A comparison of a claim with its outcome. */
export interface JudgedComparison {
  left: { name: string; value: number | null };
  relation: Relation;
  /** `name` is `null` for a number of the study file. */
  right: { name: string | null; value: number | null };
  margin: number;
  test: ClaimTest;
  alpha: number;
  /** Left minus right. */
  difference: number | null;
  /** p of the test; `null` for `none` and `bootstrap`. */
  p: number | null;
  /** Interval of the difference; `null` but for `bootstrap`. */
  low: number | null;
  high: number | null;
  verdict: Verdict;
  reason: VerdictReason;
}

/** A claim with its verdict: the worst of its comparisons, `does-not-hold` being the worst. */
export interface JudgedClaim {
  id: string;
  text: string | Record<string, string>;
  verdict: Verdict;
  comparisons: JudgedComparison[];
}

/** The artifact `claims`. */
export interface JudgedClaims {
  /** How many hold. */
  held: number;
  claims: JudgedClaim[];
}
