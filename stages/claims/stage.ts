/**
 * The `claims` stage: what a study claims, tested on its comparison of models.
 *
 * @module
 */
import { claimsSchema } from "../../data/artifacts/claims.ts";
import { defineStage } from "../../pipeline/stage.ts";
import { checkClaims, comparisonsOf, levelOf } from "./check_claims.ts";
import judge from "./judge.ts";

export default defineStage({
  name: "claims",
  section: claimsSchema,
  steps(claims, facts) {
    if (claims.length === 0) return [];
    checkClaims(claims, facts);
    const resolved = claims.map((claim) => ({
      id: claim.id,
      text: claim.text,
      comparisons: comparisonsOf(claim).map(({ comparison }) => ({
        ...comparison,
        alpha: levelOf(comparison, facts),
      })),
    }));
    return [{ step: judge, params: { claims: resolved } }];
  },
});
