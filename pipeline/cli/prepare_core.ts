/**
 * Keeps the compiled kernels those of their sources.
 *
 * @module
 */
import { buildKernels, BUILDS, compileKernels } from "../../core/wasm/build.ts";
import { isStale } from "../../core/wasm/is_stale.ts";
import type { Difference } from "./compare.ts";

/** Compiles kernels anew whose sources changed, and says so. */
export async function prepareCore(): Promise<void> {
  for (const build of BUILDS) {
    const reason = await isStale(build);
    if (reason === undefined) continue;
    console.error(`core: ${reason}, so the kernels are compiled anew`);
    await buildKernels(build);
  }
}

/** Compares the committed kernels with what their sources compile to. Writes nothing. */
export async function checkCore(): Promise<Difference[]> {
  const root = new URL("../../", import.meta.url).href;
  const differences: Difference[] = [];
  for (const build of BUILDS) {
    const reason = await isStale(build);
    if (reason === undefined) continue;
    const { modules } = await compileKernels(build);
    const different = Object.entries(modules).find(([path, bytes]) => {
      const committed = Deno.readFileSync(new URL(path, build.folder));
      return committed.length !== bytes.length || committed.some((byte, i) => byte !== bytes[i]);
    });
    if (different === undefined) continue;
    const path = new URL(different[0], build.folder).href.slice(root.length);
    const text = `${path} is not what its sources compile to: ${reason}`;
    differences.push({ kind: "core", text });
  }
  return differences;
}
