/**
 * Where tests find real data sets, which the repository does not hold.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Need } from "./require.ts";

/**
 * The mirror folder: `CONSTAT_MIRROR`, or `../shared/data` beside the repository where that exists.
 * Undefined without either.
 */
export function mirrorFolder(): string | undefined {
  const folder = Deno.env.get("CONSTAT_MIRROR");
  if (folder !== undefined && folder !== "") return folder;
  const beside = fileURLToPath(new URL("../../shared/data", import.meta.url));
  try {
    return Deno.statSync(beside).isDirectory ? beside : undefined;
  } catch {
    return undefined;
  }
}

/** The need for a file or folder of the mirror, such as `mnist`, for `needs`. */
export function mirrored(path: string): Need {
  const folder = mirrorFolder();
  return {
    name: `${path} of the data mirror`,
    path: folder === undefined ? undefined : `${folder}/${path}`,
    remedy: `set CONSTAT_MIRROR to a folder that holds ${path}`,
  };
}
