/**
 * The scratch space of one running process.
 *
 * A session is a folder and a lock that the kernel lets go of when the process ends, however it
 * ends. What a dead session left is removed by the next one that starts.
 *
 * @module
 */
import { join } from "node:path";
import { removeIfThere } from "./atomic.ts";

/** Scratch space of one process in a store. */
export class Session {
  readonly folder: string;
  readonly #lockPath: string;
  readonly #lock: Deno.FsFile;
  #count = 0;

  private constructor(folder: string, lockPath: string, lock: Deno.FsFile) {
    this.folder = folder;
    this.#lockPath = lockPath;
    this.#lock = lock;
  }

  /** Opens a session below `scratch`, and removes what dead sessions left there. */
  static async open(scratch: string): Promise<Session> {
    Deno.mkdirSync(scratch, { recursive: true });
    await sweep(scratch);
    const name = `${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
    const lockPath = join(scratch, `${name}.lock`);
    const lock = await Deno.open(lockPath, { create: true, write: true });
    if (!(await lock.tryLock(true))) throw new Error(`Cannot lock ${lockPath}`);
    const folder = join(scratch, name);
    Deno.mkdirSync(folder);
    return new Session(folder, lockPath, lock);
  }

  /** A new empty folder of this session. */
  makeFolder(): string {
    const path = join(this.folder, String(this.#count++));
    Deno.mkdirSync(path);
    return path;
  }

  close(): void {
    removeIfThere(this.folder);
    removeIfThere(this.#lockPath);
    this.#lock.close();
  }
}

/** Removes the folders of sessions whose process is gone. */
async function sweep(scratch: string): Promise<void> {
  const names = [...Deno.readDirSync(scratch)].map((entry) => entry.name);
  for (const name of names.filter((name) => name.endsWith(".lock"))) {
    const path = join(scratch, name);
    let file: Deno.FsFile;
    try {
      file = Deno.openSync(path, { write: true });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue; // Its owner closed it meanwhile.
      throw error;
    }
    // A session locks its file a moment after it makes it; a young one is let be.
    const young = Date.now() - (file.statSync().mtime?.getTime() ?? 0) < 1_000;
    if (!young && await file.tryLock(true)) {
      removeIfThere(join(scratch, name.slice(0, -".lock".length)));
      removeIfThere(path);
    }
    file.close();
  }
  for (const name of names.filter((name) => !name.endsWith(".lock"))) {
    if (!names.includes(`${name}.lock`) && isOld(join(scratch, name))) {
      removeIfThere(join(scratch, name));
    }
  }
}

function isOld(path: string): boolean {
  try {
    return Date.now() - (Deno.statSync(path).mtime?.getTime() ?? 0) > 60_000;
  } catch {
    return false;
  }
}
