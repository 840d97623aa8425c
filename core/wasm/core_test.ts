import assert from "node:assert/strict";
import { SEPARATE } from "../math/multiply_add.ts";
import type { Core } from "../ops.ts";
import { createReferenceCore } from "../reference/core.ts";
import { testCore } from "../testing/contract_suite.ts";
import { digestCore } from "../testing/digest.ts";
import { createWasmCore } from "./core.ts";
import { isFused, loadKernels } from "./load.ts";

const read = (url: URL) => Deno.readFile(url);

testCore({
  name: "wasm",
  create: () => createWasmCore({ read }),
  reference: createReferenceCore,
});

testCore({
  name: "wasm (emulated)",
  create: () => createWasmCore({ read, multiplyAdd: "emulated" }),
  reference: createReferenceCore,
});

testCore({
  name: "wasm (separate)",
  create: () => createWasmCore({ read, multiplyAdd: "separate" }),
  reference: () => createReferenceCore({ multiplyAdd: SEPARATE }),
});

/** One core for all tests of a suite: they start a team once. */
function withThreads(threads: number): () => Promise<Core> {
  let core: Core | undefined;
  return async () => {
    core ??= await createWasmCore({ read, threads });
    core.reset();
    return core;
  };
}

for (const threads of [2, 3, 4]) {
  testCore({
    name: `wasm (${threads} threads)`,
    create: withThreads(threads),
    reference: createReferenceCore,
  });
}

Deno.test("the probe tells one rounding from two", async () => {
  assert.equal(isFused((await loadKernels(read, "emulated")).kernels), true);
  assert.equal(isFused((await loadKernels(read, "separate")).kernels), false);
});

Deno.test("without a fused operation the emulated kernels give the same digest", async () => {
  const run = async (...flags: string[]) => {
    const script = new URL("../testing/digest.ts", import.meta.url);
    const args = ["run", "--no-check", "--allow-read", ...flags, script.pathname];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" })
      .output();
    return JSON.parse(new TextDecoder().decode(stdout));
  };
  const here = await digestCore();
  assert.deepEqual(await run("--v8-flags=--no-enable-fma3"), {
    // On arm64 the flag means nothing.
    core: Deno.build.arch === "x86_64" ? "wasm (emulated)" : here.core,
    digest: here.digest,
  });
});

Deno.test("an array beyond 4 GiB is refused with its shape, and nothing is lost", async () => {
  const core = await createWasmCore({ read });
  const kept = core.upload(new Float32Array([1, 2]), [2]);
  assert.throws(() => core.tensor([40000, 30000]), {
    name: "RangeError",
    message:
      /^Cannot hold a tensor \[40000, 30000\] of 4\.47 GiB: Cannot allocate 4800000000 bytes as a WebAssembly memory holds at most 4 GiB/,
  });
  assert.deepEqual(await core.download(kept), new Float32Array([1, 2]));
});
