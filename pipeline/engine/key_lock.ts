/**
 * One process at a time computes a key.
 *
 * The lock is the kernel's (flock): it is let go of when its owner ends, even by `kill -9`, so a
 * stale lock heals itself. The file says who owns it, for people, and is touched as a heartbeat.
 *
 * @module
 */
import { join } from "node:path";
import { readTextIfThere, removeIfThere } from "./atomic.ts";
import { ifUnlocked, isAt, namesIn } from "./session.ts";

const HEARTBEAT_MS = 2_000;

/** Who computes a key now. */
export interface LockOwner {
  pid: number;
  host: string;
  started: string;
  node: string;
}

/** A held lock. */
export class KeyLock implements Disposable {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #timer: ReturnType<typeof setInterval>;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
    this.#timer = setInterval(() => file.utimeSync(new Date(), new Date()), HEARTBEAT_MS);
  }

  /** Takes the lock of a key, or tells who holds it. */
  static async take(folder: string, key: string, node: string): Promise<KeyLock | LockOwner> {
    Deno.mkdirSync(folder, { recursive: true });
    const path = join(folder, key);
    while (true) {
      const file = Deno.openSync(path, { create: true, read: true, write: true });
      if (!(await file.tryLock(true))) {
        file.close();
        return readOwner(path);
      }
      // Its last owner may have removed the file between our open and our lock: then we hold the
      // lock of a file that nobody else can find, and try again.
      if (!isAt(path, file)) {
        file.close();
        continue;
      }
      const owner: LockOwner = {
        pid: Deno.pid,
        host: Deno.hostname(),
        started: new Date().toISOString(),
        node,
      };
      file.truncateSync(0);
      file.writeSync(new TextEncoder().encode(JSON.stringify(owner)));
      return new KeyLock(path, file);
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    removeIfThere(this.#path);
    this.#file.close();
  }
}

/** Removes the lock files of owners that are gone. */
export async function sweepLocks(folder: string): Promise<void> {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    await ifUnlocked(path, () => removeIfThere(path));
  }
}

function readOwner(path: string): LockOwner {
  try {
    return JSON.parse(readTextIfThere(path) ?? "") as LockOwner;
  } catch {
    return { pid: 0, host: "", started: "", node: "" }; // Not written yet.
  }
}
