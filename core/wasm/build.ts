/**
 * Compiles the kernels: `deno run --allow-read --allow-write --allow-env core/wasm/build.ts`.
 *
 * One source gives three modules that differ in their multiply-add alone. They are committed, with
 * a stamp of what they were made from.
 *
 * @module
 */
import { isStale } from "./is_stale.ts";
import { COMPILER, MODULES, OPTIONS, SOURCES, STAMP, type Stamp } from "./stamp.ts";
import { digest } from "./digest.ts";

/** Compiled modules by path below this folder, and the stamp. */
export interface Build {
  modules: Record<string, Uint8Array<ArrayBuffer>>;
  stamp: Stamp;
}

async function compile(multiplyAdd: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: asc } = await import("assemblyscript/asc");
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(["index.ts", "--outFile", "core.wasm", ...OPTIONS], {
    readFile(name: string) {
      const file = name.split("/").at(-1)!;
      if (file === "madd.ts") return `export { madd } from "./madd_${multiplyAdd}";\n`;
      if (!SOURCES.includes(file)) return null;
      return Deno.readTextFileSync(new URL(`assembly/${file}`, import.meta.url));
    },
    writeFile(_name: string, contents: string | Uint8Array) {
      if (typeof contents !== "string") binary = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error || !binary) {
    throw new Error(`Cannot compile the kernels with ${multiplyAdd} multiply-add:\n${stderr}`, {
      cause: error,
    });
  }
  return binary;
}

/**
 * Compiles all modules.
 *
 * @throws {Error} with the compiler's messages if a source does not compile.
 */
export async function compileCore(): Promise<Build> {
  const modules: Build["modules"] = {};
  const digests: Record<string, string> = {};
  for (const [path, multiplyAdd] of Object.entries(MODULES)) {
    modules[path] = await compile(multiplyAdd);
    digests[path] = await digest(modules[path]);
  }
  const sources: Record<string, string> = {};
  for (const file of SOURCES) {
    const url = new URL(`assembly/${file}`, import.meta.url);
    sources[`assembly/${file}`] = await digest(await Deno.readFile(url));
  }
  return {
    modules,
    stamp: { compiler: COMPILER, options: [...OPTIONS], sources, modules: digests },
  };
}

/**
 * Compiles all modules and writes them with their stamp, each by a rename, the stamp last: an
 * interrupted build leaves a stale one.
 *
 * @param folder Where to write. Default: this folder.
 */
export async function buildCore(folder: URL = new URL("./", import.meta.url)): Promise<void> {
  const { modules, stamp } = await compileCore();
  const replace = async (path: string, data: Uint8Array) => {
    const target = new URL(path, folder);
    const draft = new URL(`${path}.${Deno.pid}.draft`, folder);
    await Deno.mkdir(new URL("./", target), { recursive: true });
    await Deno.writeFile(draft, data);
    await Deno.rename(draft, target);
  };
  for (const [path, data] of Object.entries(modules)) await replace(path, data);
  await replace(STAMP, new TextEncoder().encode(JSON.stringify(stamp, null, 2) + "\n"));
}

if (import.meta.main) {
  const stale = await isStale();
  await buildCore();
  console.log(stale ? `Built the kernels anew: ${stale}.` : "Built the kernels; nothing changed.");
}
