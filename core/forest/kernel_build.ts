import type { KernelBuild } from "../wasm/stamp.ts";

/**
 * The kernels of the forest: a module of their own, as they add no products. So one build serves
 * every machine, and trained heads do not rerun for its sake.
 */
export const FOREST_BUILD: KernelBuild = {
  folder: new URL("./", import.meta.url),
  sources: ["index.ts", "random.ts", "split.ts"],
  options: [
    "--optimizeLevel",
    "3",
    "--shrinkLevel",
    "0",
    "--runtime",
    "stub",
    "--importMemory",
    "--initialMemory",
    "1",
    "--maximumMemory",
    "65536",
    "--noAssert",
  ],
  modules: { "forest.wasm": {} },
};
