import type { Need } from "./require.ts";

/** A WebGPU adapter, a device in software too, for `needs`. */
export async function webgpuAdapter(): Promise<Need> {
  const adapter = await navigator.gpu?.requestAdapter();
  return {
    name: "a WebGPU adapter",
    path: adapter ? "/" : undefined,
    remedy: "Debian's mesa-vulkan-drivers is one in software",
  };
}
