import assert from "node:assert/strict";
import type { ReplicateResult } from "../../model/results.ts";
import { meanToBest, orEmpty, withBest } from "./to_best.ts";

const replicate = (bestEpoch: number) =>
  ({ bestEpoch, stepsToBest: 10 * bestEpoch }) as ReplicateResult;

Deno.test("a training without a best epoch has no cost to it, not a cost of zero", () => {
  const some = [replicate(4), replicate(0), replicate(6)];
  assert.equal(withBest(some).length, 2);
  assert.equal(meanToBest(some, "stepsToBest"), 50);
  assert.equal(orEmpty(meanToBest([replicate(0)], "bestEpoch")), "");
});
