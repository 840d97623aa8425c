/**
 * `claims.judge`: what became of the claims of a study.
 *
 * @module
 */
import { z } from "zod";
import { comparisonSchema, type JudgedClaim, type Verdict } from "../../data/artifacts/claims.ts";
import type { Comparison } from "../../data/artifacts/comparison.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { judgeComparison } from "./judge_comparison.ts";

/** From the worst. */
const VERDICTS: readonly Verdict[] = ["does-not-hold", "not-significant", "holds"];

export default defineStep({
  name: "claims.judge",
  module: import.meta.url,
  scope: "study",
  params: z.strictObject({
    claims: z.array(z.strictObject({
      id: z.string(),
      text: z.union([z.string(), z.record(z.string(), z.string())]),
      comparisons: z.array(comparisonSchema.extend({ alpha: z.number().gt(0).max(0.5) })).min(1),
    })),
  }),
  inputs: { comparison: { format: "json" } },
  outputs: { claims: { format: "json" } },
  async run({ params, inputs, outputs }) {
    const comparison = await inputs.comparison.json<Comparison>();
    const claims = params.claims.map(({ id, text, comparisons }): JudgedClaim => {
      const judged = comparisons.map((own) => judgeComparison(own, comparison));
      const verdict = VERDICTS.find((name) => judged.some((own) => own.verdict === name))!;
      return { id, text, verdict, comparisons: judged };
    });
    const held = claims.filter(({ verdict }) => verdict === "holds").length;
    await outputs.claims.json({ held, claims });
  },
});
