/**
 * What the compiled kernels are made from.
 *
 * @module
 */
import configuration from "../../deno.json" with { type: "json" };

/** The stamp's file, beside this one. */
export const STAMP = "build.json";

/** The AssemblyScript compiler, as pinned. */
export const COMPILER: string = configuration.imports.assemblyscript;

/** Files of `assembly/`, in the order of the stamp. */
export const SOURCES: readonly string[] = [
  "activations.ts",
  "constant.ts",
  "dropout.ts",
  "elementary.ts",
  "gemm.ts",
  "index.ts",
  "madd_emulated.ts",
  "madd_fused.ts",
  "madd_separate.ts",
  "normalization.ts",
  "pack.ts",
  "part.ts",
  "program.ts",
  "regularization.ts",
  "rows.ts",
  "softmax.ts",
  "threads.ts",
  "tile.ts",
  "update.ts",
  "windows.ts",
];

/** Compiled modules, each with its multiply-add: `assembly/madd_<name>.ts`. */
export const MODULES: Readonly<Record<string, string>> = {
  "core.wasm": "fused",
  "core-emulated.wasm": "emulated",
  "testdata/core-separate.wasm": "separate",
};

/** The compiler's options. No runtime and no allocation: the kernels get pointers. */
export const OPTIONS: readonly string[] = [
  "--optimizeLevel",
  "3",
  "--shrinkLevel",
  "0",
  "--enable",
  "simd,relaxed-simd,threads",
  "--runtime",
  "stub",
  "--importMemory",
  "--sharedMemory",
  "--initialMemory",
  "1",
  "--maximumMemory",
  "65536",
  "--noAssert",
];

/** What a build was made from and gave; digests are SHA-256. */
export interface Stamp {
  compiler: string;
  options: string[];
  sources: Record<string, string>;
  modules: Record<string, string>;
}
