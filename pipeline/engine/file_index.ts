/**
 * Digests of files, remembered as long as a file's size, times and inode stay the same, so that a
 * run that changes nothing reads no source.
 *
 * Like git's index it does not trust an entry whose file was written about when the entry was: a
 * second edit in the same tick of the clock would go unseen.
 *
 * @module
 */
import { relative } from "node:path";
import { readTextIfThere, writeFileAtomic } from "./atomic.ts";
import { sha256, sha256File } from "../digest.ts";
import { canonicalSource } from "./source_form.ts";

/** An edit within this time of the entry's making may hide behind equal times. */
const RACY_MS = 2_000;

/** Format of the file that keeps the index; another one is thrown away. */
const VERSION = 5;

interface Entry {
  /** As {@linkcode stampOf} makes it. */
  stamp: string;
  mtime: number;
  /** When the entry was made, on the same clock. */
  made: number;
  /** SHA-256 of the bytes. */
  digest?: string;
  /** SHA-256 of the canonical source. */
  form?: string;
}

/** Remembers digests of files between runs. */
export class FileIndex {
  readonly #path: string | undefined;
  readonly #root: string;
  readonly #entries: Map<string, Entry>;
  #memory: Record<string, unknown>;
  #dirty = false;

  /**
   * @param root Folder that paths in messages are relative to.
   * @param path File that keeps the index between runs; without, it lives with the process.
   */
  constructor(root: string, path?: string) {
    this.#root = root;
    this.#path = path;
    const saved = path === undefined ? undefined : parse(readTextIfThere(path));
    this.#entries = new Map(Object.entries(saved?.entries ?? {}));
    this.#memory = saved?.memory ?? {};
  }

  /**
   * SHA-256 of a file's bytes.
   *
   * @throws {Deno.errors.NotFound} if there is no such file.
   */
  digest(path: string): string {
    const entry = this.#entry(path);
    if (entry.digest === undefined) {
      entry.digest = sha256File(path).digest;
      this.#dirty = true;
    }
    return entry.digest;
  }

  /** SHA-256 of a source file's canonical form. */
  form(path: string): string {
    const entry = this.#entry(path);
    if (entry.form === undefined) {
      const name = relative(this.#root, path);
      entry.form = sha256(canonicalSource(name, Deno.readTextFileSync(path)));
      this.#dirty = true;
    }
    return entry.form;
  }

  /**
   * What tells the state of a file that {@linkcode digest} or {@linkcode form} last looked at. Whoever
   * must know later whether the file is still so keeps it: this index itself goes with the times.
   */
  stamp(path: string): string {
    return this.#entries.get(path)?.stamp ?? "";
  }

  /** A small JSON value kept beside the index, for what is derived from the files in it. */
  recall<T>(name: string): T | undefined {
    return this.#memory[name] as T | undefined;
  }

  remember(name: string, value: unknown): void {
    this.#memory[name] = value;
    this.#dirty = true;
  }

  /** Whether there is something to save. */
  get dirty(): boolean {
    return this.#dirty;
  }

  /** Writes the index if it changed, by way of a scratch folder. */
  save(scratch: string): void {
    if (!this.#dirty || this.#path === undefined) return;
    const saved = {
      version: VERSION,
      deno: Deno.version.deno,
      entries: Object.fromEntries(this.#entries),
      memory: this.#memory,
    };
    writeFileAtomic(this.#path, JSON.stringify(saved), scratch);
    this.#dirty = false;
  }

  #entry(path: string): Entry {
    const info = Deno.statSync(path);
    const stamp = stampOf(info);
    const known = this.#entries.get(path);
    if (known?.stamp === stamp && !racy(known)) return known;
    const entry = { stamp, mtime: info.mtime?.getTime() ?? 0, made: Date.now() };
    this.#entries.set(path, entry);
    this.#dirty = true;
    return entry;
  }
}

/** Whether all of these files still have their stamps. */
function haveStamps(stamps: Readonly<Record<string, string>>): boolean {
  return Object.keys(stamps).every((path) => {
    try {
      return stampOf(Deno.statSync(path)) === stamps[path];
    } catch {
      return false;
    }
  });
}

/** Stamp of each file as it is now; throws if one is not there. */
export function stampsOf(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, stampOf(Deno.statSync(path))]));
}

/** Whether files still have the stamps of a given time, taken long enough after their last write. */
export function areSettled(stamps: Readonly<Record<string, string>>, made: number): boolean {
  return haveStamps(stamps) &&
    Object.values(stamps).every((stamp) => made - Number(stamp.split(" ")[1]) >= RACY_MS);
}

/** What a file system tells of a file's state: `size mtime ctime inode`. */
export function stampOf(info: Deno.FileInfo): string {
  return `${info.size} ${info.mtime?.getTime()} ${info.ctime?.getTime()} ${info.ino}`;
}

function racy(entry: Entry): boolean {
  return entry.made - entry.mtime < RACY_MS;
}

function parse(text: string | undefined) {
  if (text === undefined) return undefined;
  try {
    const saved = JSON.parse(text);
    return saved.version === VERSION && saved.deno === Deno.version.deno
      ? saved as { entries: Record<string, Entry>; memory: Record<string, unknown> }
      : undefined;
  } catch {
    return undefined; // A damaged cache is only a slow start.
  }
}
