import { digest } from "./digest.ts";
import { COMPILER, CORE_BUILD, type KernelBuild, STAMP, type Stamp } from "./stamp.ts";

/**
 * Why the compiled kernels are not those of the sources; `undefined` when they are. Reads a few
 * small files and compiles nothing.
 *
 * @param build Default: the kernels of the core.
 * @param folder Where the modules are. Default: the build's own folder.
 */
export async function isStale(
  build: KernelBuild = CORE_BUILD,
  folder: URL = build.folder,
): Promise<string | undefined> {
  const read = async (path: string, base: URL) => {
    try {
      return await Deno.readFile(new URL(path, base));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  };
  const text = await read(STAMP, folder);
  if (!text) return `${STAMP} is missing`;
  let stamp: Stamp;
  try {
    stamp = JSON.parse(new TextDecoder().decode(text));
  } catch {
    return `${STAMP} is not JSON`;
  }
  if (stamp.compiler !== COMPILER) return `the compiler is now ${COMPILER}`;
  if (stamp.options?.join(" ") !== build.options.join(" ")) return "the compiler's options changed";
  const sources = build.sources.map((file) => `assembly/${file}`);
  if (Object.keys(stamp.sources ?? {}).join() !== sources.join()) {
    return "the sources' list changed";
  }
  for (const path of sources) {
    const bytes = await read(path, build.folder);
    if (!bytes) return `${path} is missing`;
    if (await digest(bytes) !== stamp.sources[path]) return `${path} changed`;
  }
  for (const path of Object.keys(build.modules)) {
    const bytes = await read(path, folder);
    if (!bytes) return `${path} is missing`;
    if (await digest(bytes) !== stamp.modules?.[path]) return `${path} is not what was built`;
  }
  return undefined;
}
