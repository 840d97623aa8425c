import assert from "node:assert/strict";
import type { StatusResult } from "../../engine/status.ts";
import type { Plan } from "../../plan.ts";
import { formatStatus } from "./status.ts";

const PLAN = { study: "small" } as Plan;
const changed = { kind: "param", path: "epochs", old: 2, new: 3 };
const RESULT = new Map([
  ["split.assign", { status: "cached", key: "k", record: {} }],
  ["train.fit[adam, seed=1]", { status: "stale", key: "a", reasons: [changed] }],
  ["train.fit[adam, seed=2]", { status: "stale", key: "b", reasons: [changed] }],
  ["evaluate.model[adam, seed=1]", { status: "waits", on: "train.fit[adam, seed=1]" }],
  ["evaluate.model[adam, seed=2]", { status: "waits", on: "train.fit[adam, seed=2]" }],
  ["report.note", { status: "waits", on: "evaluate.model[adam, seed=1]" }],
]) as unknown as StatusResult;

Deno.test("nodes that would run for one reason share a line, unless all are wanted", () => {
  const short = formatStatus(PLAN, RESULT).split("\n");
  assert.equal(short.length, 4);
  assert.equal(short[0], "small: 1 of 6 nodes cached");
  assert.match(short[1]!, /^ {2}run {4}train\.fit \(2 nodes\): .*2 → 3/);
  assert.deepEqual(short.slice(2), [
    "  maybe  evaluate.model (2 nodes): depends on train.fit",
    "  maybe  report.note: depends on evaluate.model",
  ]);
  const long = formatStatus(PLAN, RESULT, true).split("\n");
  assert.equal(long.length, 6);
  assert.match(long[4]!, /evaluate\.model\[adam, seed=2\]: depends on train\.fit\[adam, seed=2\]/);
});
