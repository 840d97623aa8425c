import assert from "node:assert/strict";
import { testCore } from "../testing/contract_suite.ts";
import { createTfjsCore } from "./core.ts";
import { subject } from "./testing/subject.ts";

testCore(subject("wasm"));

Deno.test("a download gives what an array held when it was asked for", async () => {
  const core = await createTfjsCore({ backend: "wasm" });
  const tensor = core.upload(new Float32Array([1, 2, 3]), [3]);
  const before = core.download(tensor);
  core.write(core.rows(tensor, 1, 2), new Float32Array([20]));
  const after = core.download(tensor);
  core.free(tensor);
  assert.deepEqual([...await before], [1, 2, 3]);
  assert.deepEqual([...await after], [1, 20, 3]);
});
