import type { Kernels } from "./kernels.ts";
import { WORKER } from "./team.ts";
import { unshare } from "./unshare.ts";

/** How a build of the kernels adds products. */
export type MultiplyAddBuild = "fused" | "emulated" | "separate";

const FUSED = new URL("./core.wasm", import.meta.url);
const EMULATED = new URL("./core-emulated.wasm", import.meta.url);
const SEPARATE = new URL("./testdata/core-separate.wasm", import.meta.url);

/** Files that a core may read: a step that uses it declares them. */
export const coreAssets: readonly URL[] = [FUSED, EMULATED, WORKER];

/** Kernels with the memory that they work on. */
export interface LoadedKernels {
  kernels: Kernels;
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
  multiplyAdd: MultiplyAddBuild;
}

async function instantiate(
  bytes: Uint8Array<ArrayBuffer>,
  multiplyAdd: MultiplyAddBuild,
  shared: boolean,
): Promise<LoadedKernels> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared });
  const { module, instance } = await WebAssembly.instantiate(shared ? bytes : unshare(bytes), {
    env: { memory },
  });
  return { kernels: instance.exports as unknown as Kernels, memory, module, multiplyAdd };
}

/**
 * Asks whether multiply-adds are rounded once: 1 − 2⁻⁴⁶ rounds to 1 in binary32, so two roundings
 * give 0 for (1 + 2⁻²³)(1 − 2⁻²³) − 1.
 */
export function isFused({ probe }: Kernels): boolean {
  return probe(1.00000011920928955078125, 0.99999988079071044921875, -1) ===
    -1.4210854715202004e-14;
}

/**
 * The kernels for this machine: with its own fused multiply-add where there is one, else with the
 * emulated one, which gives the same bits.
 *
 * @param read Reads one of {@linkcode coreAssets}.
 * @param multiplyAdd Takes this build instead, unasked. `separate` is for tests.
 * @param shared Whether threads are to share the memory.
 * @throws {RangeError} if the fused build is asked for on a machine that does not fuse.
 */
export async function loadKernels(
  read: (url: URL) => Promise<Uint8Array<ArrayBuffer>>,
  multiplyAdd: MultiplyAddBuild | "auto" = "auto",
  shared = false,
): Promise<LoadedKernels> {
  const take = async (url: URL, build: MultiplyAddBuild) =>
    await instantiate(await read(url), build, shared);
  if (multiplyAdd === "emulated") return await take(EMULATED, "emulated");
  if (multiplyAdd === "separate") return await take(SEPARATE, "separate");
  const bytes = await read(FUSED);
  // An engine without relaxed SIMD does not accept the module.
  const loaded = WebAssembly.validate(bytes)
    ? await instantiate(bytes, "fused", shared)
    : undefined;
  if (loaded && isFused(loaded.kernels)) return loaded;
  if (multiplyAdd === "fused") {
    throw new RangeError(
      "Cannot use the fused kernels as this machine rounds multiply-adds twice: take the emulated ones",
    );
  }
  return await take(EMULATED, "emulated");
}
