/**
 * Whether a node's sources and assets are still those of its key.
 *
 * @module
 */
import { relative } from "node:path";
import { sha256, sha256File } from "../digest.ts";
import { stampOf } from "./file_index.ts";
import type { NodeKey } from "./key.ts";
import { canonicalSource } from "./source_form.ts";

/**
 * The first source or asset that changed since the key was made, or undefined.
 *
 * A file's last time alone also changes when somebody gives it a further name, as installing its
 * package elsewhere does with hard links: such a file is read again, and has changed only if its
 * bytes have.
 */
export function firstChanged(root: string, key: NodeKey): string | undefined {
  return Object.entries(key.stamps).find(([path, stamp]) => {
    try {
      const now = stampOf(Deno.statSync(path));
      return now !== stamp && (sameButNames(now, stamp) ? !hasDigest(root, key, path) : true);
    } catch {
      return true;
    }
  })?.[0];
}

/** Whether size, time of writing and inode are the same. */
function sameButNames(a: string, b: string): boolean {
  const [before, now] = [a, b].map((stamp) => stamp.split(" "));
  return [0, 1, 3].every((part) => before![part] === now![part]);
}

function hasDigest(root: string, { material, closure }: NodeKey, path: string): boolean {
  const name = relative(root, path);
  const asset = material.assets[name], form = closure.files[name];
  if (asset !== undefined && sha256File(path).digest !== asset) return false;
  return form === undefined || sha256(canonicalSource(name, Deno.readTextFileSync(path))) === form;
}
