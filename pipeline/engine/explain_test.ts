import assert from "node:assert/strict";
import { explain, type Explained, formatReason } from "./explain.ts";

const BEFORE: Explained = {
  material: {
    format: 1,
    step: "train.fit",
    code: "c1",
    assets: { "core/wasm/core.wasm": "a".repeat(64) },
    remote: {},
    params: { learningRate: 0.01, decay: { rate: 0 } },
    inputs: {
      x: [{ digest: "d".repeat(64) }],
      many: [{ digest: "e".repeat(64), label: { model: "adam", replicate: "", candidate: "" } }],
    },
    profile: "exact",
    deno: "2.9.5",
  },
  closure: {
    files: { "stages/train/fit.ts": "f".repeat(64) },
    packages: { "zod@4.6.7": "sha512" },
  },
};

function changed(change: (copy: Explained) => void): string[] {
  const now = structuredClone(BEFORE);
  change(now);
  return explain(BEFORE, now).map(formatReason);
}

Deno.test("explain() names each change with old and new value", () => {
  assert.deepEqual(
    changed((now) => now.material.params = { learningRate: 0.02, decay: { rate: 0 } }),
    [
      "param learningRate: 0.01 → 0.02",
    ],
  );
  assert.deepEqual(changed((now) => now.material.params = { learningRate: 0.01, decay: {} }), [
    "param decay.rate: was 0, now gone",
    "param decay: now {}",
  ]);
  assert.deepEqual(changed((now) => now.material.inputs.many![0]!.digest = "0".repeat(64)), [
    "input many[adam]: eeeeeeeeeeee → 000000000000",
  ]);
  assert.deepEqual(changed((now) => now.closure.files["stages/train/fit.ts"] = "1".repeat(64)), [
    "code stages/train/fit.ts: ffffffffffff → 111111111111",
  ]);
  assert.deepEqual(changed((now) => now.material.assets = {}), [
    "asset core/wasm/core.wasm: was aaaaaaaaaaaa, now gone",
  ]);
  assert.deepEqual(changed((now) => now.material.deno = "2.9.6"), ["engine Deno: 2.9.5 → 2.9.6"]);
});

Deno.test("explain() tells a new node from one whose result is gone", () => {
  assert.deepEqual(explain(undefined, BEFORE).map(formatReason), ["it has not run before"]);
  assert.deepEqual(changed(() => {}), ["its result is no longer in the store"]);
});
