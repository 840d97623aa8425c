/**
 * Writes that are there whole or not at all, also after a power cut.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";

/**
 * Writes a file to a scratch folder, flushes it to the disk and renames it to its place.
 *
 * @param scratch Folder on the same file system that somebody empties if this process is killed.
 */
export function writeFileAtomic(path: string, data: string | Uint8Array, scratch: string): void {
  const folder = dirname(path);
  Deno.mkdirSync(folder, { recursive: true });
  const temporary = join(scratch, crypto.randomUUID());
  try {
    writeFlushed(temporary, data);
    Deno.renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw error;
  }
  flushFolder(folder);
}

/** Writes a file and flushes it to the disk. */
export function writeFlushed(path: string, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  file.syncSync();
}

/**
 * Moves a file to its place, which may lie on another file system: there it is copied beside its
 * place first, so that it is never seen half-written.
 */
export function moveFile(
  from: string,
  to: string,
  rename: (from: string, to: string) => void = Deno.renameSync,
): void {
  try {
    rename(from, to);
  } catch (error) {
    if ((error as { code?: string }).code !== "EXDEV") throw error;
    // One name, so that what a killed process leaves is written over by the next one.
    const beside = join(dirname(to), `.${basename(to)}`);
    writeFlushed(beside, Deno.readFileSync(from));
    rename(beside, to);
    removeIfThere(from);
  }
}

/** Flushes a folder's entries, so that a rename in it outlives a power cut. */
export function flushFolder(path: string): void {
  using folder = Deno.openSync(path, { read: true });
  folder.syncSync();
}

/** Removes a file or folder; that it is not there is no error. */
export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The text of a file, or undefined if it is not there. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
