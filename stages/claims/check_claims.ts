import { z } from "zod";
import { MOST_FLIPPED } from "../../core/metrics/sign_flip.ts";
import type { Claim, ClaimComparison } from "../../data/artifacts/claims.ts";
import {
  comparisonValueNames,
  INTERVAL_METRICS,
  parseQuantity,
  QUANTITIES,
} from "../../data/artifacts/value_names.ts";
import type { ModelFacts, StudyFacts } from "../../pipeline/stage.ts";

/** What the section `evaluate` says of levels. */
interface Levels {
  alpha: number;
  /** 1 − confidence of the bootstrap intervals. */
  bootstrap: number;
}

type Path = (string | number)[];

/** The comparisons of a claim, each with its path in the claim. */
export function comparisonsOf(claim: Claim): { path: Path; comparison: ClaimComparison }[] {
  if ("all" in claim) {
    return claim.all.map((comparison, i) => ({ path: ["all", i], comparison }));
  }
  const { id: _, text: __, ...comparison } = claim;
  return [{ path: [], comparison }];
}

/** The level of a comparison's test. */
export function levelOf({ test, alpha }: ClaimComparison, facts: StudyFacts): number {
  const levels = levelsOf(facts);
  return alpha ?? (test === "bootstrap" ? levels.bootstrap : levels.alpha);
}

/**
 * Holds claims to the study: the values that they name exist, and their tests can be made of them.
 *
 * @throws {z.ZodError} with paths below the section.
 */
export function checkClaims(claims: readonly Claim[], facts: StudyFacts): void {
  const issues: z.core.$ZodIssue[] = [];
  const refuse = (path: Path, message: string, input: unknown) =>
    void issues.push({ code: "custom", path, message, input });
  const ids = new Set<string>();
  claims.forEach((claim, i) => {
    if (ids.has(claim.id)) refuse([i, "id"], "expected each claim's id once", claim.id);
    ids.add(claim.id);
    for (const language of (facts.study.languages ?? []) as string[]) {
      if (typeof claim.text === "string" || Object.hasOwn(claim.text, language)) continue;
      refuse([i, "text"], `has no text in ${JSON.stringify(language)}`, claim.text);
    }
    for (const { path, comparison } of comparisonsOf(claim)) {
      checkComparison(
        comparison,
        facts,
        (at, message, input) => refuse([i, ...path, at], message, input),
      );
    }
  });
  if (issues.length > 0) throw new z.ZodError(issues);
}

type Refuse = (at: keyof ClaimComparison, message: string, input: unknown) => void;

function checkComparison(comparison: ClaimComparison, facts: StudyFacts, refuse: Refuse): void {
  const { left, right, relation, margin, test, alpha } = comparison;
  const models = facts.models.map(({ name }) => name);
  const known = new Set(comparisonValueNames(models));
  for (const [at, name] of [["left", left], ["right", right]] as const) {
    if (typeof name === "number" || known.has(name)) continue;
    return refuse(at, `no such value: expected ${expectedFor(name, models)}, found ${name}`, name);
  }
  if (test === "none") return;
  const a = parseQuantity(left, models);
  const b = typeof right === "string" ? parseQuantity(right, models) : undefined;
  if (a === undefined || (typeof right === "string" && b === undefined)) {
    const [at, name] = a === undefined ? ["left", left] as const : ["right", right] as const;
    return refuse(at, `test ${test} is of quantities of models, not of ${name}`, name);
  }
  if (b !== undefined && (a.quantity !== b.quantity || a.model === b.model)) {
    return refuse("right", `test ${test} is of one quantity of two models`, right);
  }
  const equivalent = relation === "atLeast" || relation === "atMost";
  if (test === "mcnemar") {
    if (a.quantity !== "accuracy" || b === undefined) {
      refuse("test", "McNemar's test is of the accuracies of two models", test);
    } else if (equivalent || margin > 0) {
      refuse(
        "test",
        "McNemar's test shows a difference and knows no margin: for atLeast, atMost or a margin " +
          "take bootstrap",
        test,
      );
    }
  }
  if (test === "bootstrap") {
    if (!INTERVAL_METRICS.includes(a.quantity)) {
      refuse(
        "test",
        `test bootstrap is over test images, it knows ${INTERVAL_METRICS.join(", ")}`,
        test,
      );
    }
    const level = levelsOf(facts).bootstrap;
    if (alpha !== undefined && Math.abs(alpha - level) > 1e-9) {
      refuse("alpha", "expected 1 - evaluate.bootstrap.confidence, or nothing", alpha);
    }
  }
  if (test === "seeds") {
    const of = (name: string) => facts.models.find((model) => model.name === name)!;
    const replicates = sharedReplicates(of(a.model), b && of(b.model));
    if (replicates < 2 || replicates > MOST_FLIPPED) {
      refuse(
        "test",
        `test seeds needs 2 to ${MOST_FLIPPED} replicates, found ${replicates}`,
        test,
      );
    }
    if (relation === "different" && margin > 0) {
      refuse("margin", "test seeds knows no margin for different", margin);
    }
  }
}

/** What might stand in place of a value that there is not: of a known model, its quantities. */
function expectedFor(name: string, models: readonly string[]): string {
  const model = models.find((own) => name.startsWith(`${own}.`));
  if (model !== undefined) return `${model}. and one of ${QUANTITIES.join(", ")}`;
  return `one such as ${models[0]}.accuracy, of a model among ${models.join(", ")}`;
}

function sharedReplicates(a: ModelFacts, b: ModelFacts | undefined): number {
  return a.replicates.filter((label) => b === undefined || b.replicates.includes(label)).length;
}

function levelsOf({ models: [{ sections }] }: StudyFacts): Levels {
  const { alpha, bootstrap: { confidence } } = sections.evaluate as {
    alpha: number;
    bootstrap: { confidence: number };
  };
  // 1 − 0.95 without its rounding error, as it is shown.
  return { alpha, bootstrap: Number((1 - confidence).toPrecision(12)) };
}
