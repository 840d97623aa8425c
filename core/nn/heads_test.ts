import type { Core } from "../ops.ts";
import { createReferenceCore } from "../reference/core.ts";
import { createWasmCore } from "../wasm/core.ts";
import { testHeads } from "./testing/head_suite.ts";

testHeads({
  name: "reference",
  create: () => Promise.resolve(createReferenceCore()),
  reference: createReferenceCore,
});

testHeads({
  name: "wasm",
  create: () => createWasmCore({ read: Deno.readFile }),
  reference: createReferenceCore,
});

let threaded: Core | undefined;
testHeads({
  name: "wasm (3 threads)",
  async create() {
    threaded ??= await createWasmCore({ read: Deno.readFile, threads: 3 });
    threaded.reset();
    return threaded;
  },
  reference: createReferenceCore,
});
