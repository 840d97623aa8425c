import type { Core } from "./ops.ts";
import { createWasmCore, type WasmCoreOptions } from "./wasm/core.ts";

/** Options for {@linkcode createCore}. */
export interface CreateCoreOptions extends WasmCoreOptions {
  /**
   * Where to compute: `exact` in WebAssembly; `auto` on WebGPU where an adapter gives the same bits,
   * else in WebAssembly; `gpu` on WebGPU, whatever bits its adapter gives.
   */
  profile: "exact" | "auto" | "gpu";
  /** Takes a word on which core it is, where that was open. */
  note?: (message: string) => void;
  /** Takes the name of the device, where it is not the processor. */
  onDevice?: (name: string) => void;
}

/**
 * The core that a profile asks for.
 *
 * @throws {NoAdapterError} if the profile is `gpu` and this machine has no adapter.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * using core = await createCore({ profile: "exact", read: Deno.readFile });
 * assert.match(core.name, /^wasm/); // `wasm (fused)`, where the machine adds so.
 * ```
 */
export async function createCore(options: CreateCoreOptions): Promise<Core> {
  const { profile, note = () => {}, onDevice = () => {}, ...wasm } = options;
  if (profile === "exact") return await createWasmCore(wasm);
  // Imported only where it is asked for, so that other processes start without it.
  const { createWebGpuCore, isExact, NoAdapterError } = await import("./webgpu/mod.ts");
  try {
    const core = await createWebGpuCore();
    const { multiplyAdd, faults } = core.arithmetic;
    if (isExact(core.arithmetic)) {
      onDevice(core.adapter);
      note(`computes on ${core.adapter}, which gives the exact bits`);
      return core;
    }
    const reason = multiplyAdd === "separate"
      ? "its multiply-adds round twice"
      : `these are not as IEEE 754 has them: ${faults.join(", ")}`;
    if (profile === "gpu") {
      onDevice(core.adapter);
      note(`computes on ${core.adapter}, which gives other bits than WebAssembly: ${reason}`);
      return core;
    }
    core.dispose();
    note(`computes in WebAssembly, as ${core.adapter} does not give the exact bits: ${reason}`);
  } catch (error) {
    if (!(error instanceof NoAdapterError) || profile === "gpu") throw error;
    note("computes in WebAssembly, as this machine has no WebGPU adapter");
  }
  return await createWasmCore(wasm);
}
