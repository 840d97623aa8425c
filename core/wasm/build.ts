/**
 * Compiles kernels: `deno run --allow-read --allow-write --allow-env core/wasm/build.ts`.
 *
 * The modules are committed, with a stamp of what they were made from.
 *
 * @module
 */
import { FOREST_BUILD } from "../forest/kernel_build.ts";
import { isStale } from "./is_stale.ts";
import { COMPILER, CORE_BUILD, type KernelBuild, STAMP, type Stamp } from "./stamp.ts";
import { digest } from "./digest.ts";

/** Compiled modules by path below this folder, and the stamp. */
export interface Build {
  modules: Record<string, Uint8Array<ArrayBuffer>>;
  stamp: Stamp;
}

/** Every build of this project. */
export const BUILDS: readonly KernelBuild[] = [CORE_BUILD, FOREST_BUILD];

async function compile(
  { folder, sources, options }: KernelBuild,
  path: string,
  substitutes: Readonly<Record<string, string>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: asc } = await import("assemblyscript/asc");
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(["index.ts", "--outFile", "module.wasm", ...options], {
    readFile(name: string) {
      const file = name.split("/").at(-1)!;
      if (substitutes[file] !== undefined) return substitutes[file];
      if (!sources.includes(file)) return null;
      return Deno.readTextFileSync(new URL(`assembly/${file}`, folder));
    },
    writeFile(_name: string, contents: string | Uint8Array) {
      if (typeof contents !== "string") binary = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error || !binary) {
    throw new Error(`Cannot compile the kernels ${path}:\n${stderr}`, { cause: error });
  }
  return binary;
}

/**
 * Compiles all modules of a build.
 *
 * @throws {Error} with the compiler's messages if a source does not compile.
 */
export async function compileKernels(build: KernelBuild): Promise<Build> {
  const modules: Build["modules"] = {};
  const digests: Record<string, string> = {};
  for (const [path, substitutes] of Object.entries(build.modules)) {
    modules[path] = await compile(build, path, substitutes);
    digests[path] = await digest(modules[path]);
  }
  const sources: Record<string, string> = {};
  for (const file of build.sources) {
    const url = new URL(`assembly/${file}`, build.folder);
    sources[`assembly/${file}`] = await digest(await Deno.readFile(url));
  }
  return {
    modules,
    stamp: { compiler: COMPILER, options: [...build.options], sources, modules: digests },
  };
}

/**
 * Compiles all modules of a build and writes them with their stamp, each by a rename, the stamp
 * last: an interrupted build leaves a stale one.
 */
export async function buildKernels(build: KernelBuild): Promise<void> {
  const { modules, stamp } = await compileKernels(build);
  const replace = async (path: string, data: Uint8Array) => {
    const target = new URL(path, build.folder);
    const draft = new URL(`${path}.${Deno.pid}.draft`, build.folder);
    await Deno.mkdir(new URL("./", target), { recursive: true });
    await Deno.writeFile(draft, data);
    await Deno.rename(draft, target);
  };
  for (const [path, data] of Object.entries(modules)) await replace(path, data);
  await replace(STAMP, new TextEncoder().encode(JSON.stringify(stamp, null, 2) + "\n"));
}

if (import.meta.main) {
  for (const build of BUILDS) {
    const stale = await isStale(build);
    const names = Object.keys(build.modules).join(", ");
    await buildKernels(build);
    console.log(stale ? `Built ${names} anew: ${stale}.` : `Built ${names}; nothing changed.`);
  }
}
