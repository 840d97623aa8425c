import assert from "node:assert/strict";
import { needs } from "../testing/require.ts";
import { webgpuAdapter } from "../testing/webgpu_adapter.ts";
import { createCore } from "./create_core.ts";

const read = (url: URL) => Deno.readFile(url);

/** Runs with another `navigator.gpu`. */
async function withGpu(gpu: GPU | undefined, act: () => Promise<void>): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(navigator, "gpu");
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  try {
    await act();
  } finally {
    if (own) Object.defineProperty(navigator, "gpu", own);
    else Reflect.deleteProperty(navigator, "gpu");
  }
}

Deno.test("exact computes in WebAssembly and has nothing to say", async () => {
  const notes: string[] = [];
  using core = await createCore({ profile: "exact", read, note: (text) => notes.push(text) });
  assert.match(core.name, /^wasm \((fused|emulated)\)$/);
  assert.deepEqual(notes, []);
});

Deno.test("without an adapter, auto computes in WebAssembly and says so, and gpu is refused", async () => {
  await withGpu(undefined, async () => {
    const notes: string[] = [];
    using core = await createCore({ profile: "auto", read, note: (text) => notes.push(text) });
    assert.match(core.name, /^wasm/);
    assert.deepEqual(notes, ["computes in WebAssembly, as this machine has no WebGPU adapter"]);
    await assert.rejects(createCore({ profile: "gpu", read }), { name: "NoAdapterError" });
  });
});

Deno.test({
  name: "with an adapter, gpu computes on it, and auto only if it gives the exact bits",
  ...needs(await webgpuAdapter()),
  async fn() {
    const notes: string[] = [];
    const note = (text: string) => notes.push(text);
    using gpu = await createCore({ profile: "gpu", read, note });
    assert.match(gpu.name, /^webgpu/);
    using auto = await createCore({ profile: "auto", read, note });
    assert.match(auto.name, gpu.name === "webgpu (fused)" ? /^webgpu/ : /^wasm/);
    const exact = gpu.name === "webgpu (fused)";
    assert.match(notes[0], exact ? /gives the exact bits$/ : /gives other bits than WebAssembly: /);
    assert.match(notes[1], exact ? /exact bits$/ : /^computes in WebAssembly, as .* twice$/);
  },
});
