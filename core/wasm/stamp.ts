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

/** Compiled kernels of a folder: what they are made from, and how. */
export interface KernelBuild {
  /** Where the modules, the stamp and `assembly/` lie. */
  folder: URL;
  /** Files of `assembly/`, in the order of the stamp; `index.ts` is compiled. */
  sources: readonly string[];
  /** The compiler's options. */
  options: readonly string[];
  /** By the path of each compiled module, texts that stand for files of `assembly/`. */
  modules: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

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
  "serve.ts",
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

/** The kernels of the core: one source gives three modules that differ in their multiply-add alone. */
export const CORE_BUILD: KernelBuild = {
  folder: new URL("./", import.meta.url),
  sources: SOURCES,
  options: OPTIONS,
  modules: Object.fromEntries(
    Object.entries(MODULES).map(([path, multiplyAdd]) => [
      path,
      { "madd.ts": `export { madd } from "./madd_${multiplyAdd}";\n` },
    ]),
  ),
};

/** What a build was made from and gave; digests are SHA-256. */
export interface Stamp {
  compiler: string;
  options: string[];
  sources: Record<string, string>;
  modules: Record<string, string>;
}
