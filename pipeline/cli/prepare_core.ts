/**
 * Keeps the compiled kernels those of their sources.
 *
 * @module
 */
import { buildCore, compileCore } from "../../core/wasm/build.ts";
import { isStale } from "../../core/wasm/is_stale.ts";
import type { Difference } from "./compare.ts";

/** Compiles the kernels anew if their sources changed, and says so. */
export async function prepareCore(): Promise<void> {
  const reason = await isStale();
  if (reason === undefined) return;
  console.error(`core: ${reason}, so the kernels are compiled anew`);
  await buildCore();
}

/** Compares the committed kernels with what their sources compile to. Writes nothing. */
export async function checkCore(): Promise<Difference[]> {
  const reason = await isStale();
  if (reason === undefined) return [];
  const { modules } = await compileCore();
  const different = Object.entries(modules).filter(([path, bytes]) => {
    const committed = Deno.readFileSync(new URL(`../../core/wasm/${path}`, import.meta.url));
    return committed.length !== bytes.length || committed.some((byte, i) => byte !== bytes[i]);
  });
  return different.slice(0, 1).map(([path]) => ({
    kind: "core",
    text: `core/wasm/${path} is not what its sources compile to: ${reason}`,
  }));
}
