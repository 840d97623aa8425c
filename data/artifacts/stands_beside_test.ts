import assert from "node:assert/strict";
import { standsBeside } from "./stands_beside.ts";

Deno.test("a replicate stands beside those whose coordinates it has", () => {
  assert.ok(standsBeside("fold=2 seed=1", "fold=2"));
  assert.ok(standsBeside("fold=2", "fold=2"));
  assert.ok(standsBeside("seed=3", ""));
  assert.ok(standsBeside("", ""));
  assert.ok(!standsBeside("fold=12", "fold=1"));
  assert.ok(!standsBeside("seed=1", "fold=1"));
  assert.ok(!standsBeside("", "fold=1"));
});
