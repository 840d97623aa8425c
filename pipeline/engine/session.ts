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

/** Ending of a session's lock beside its folder. */
const LOCK = ".lock";

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

  /** Opens a session below `scratch`. */
  static async open(scratch: string): Promise<Session> {
    Deno.mkdirSync(scratch, { recursive: true });
    while (true) {
      const name = `${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
      const lockPath = join(scratch, `${name}${LOCK}`);
      // Locked before it gets its name, so that no sweep finds it unlocked.
      const draft = join(scratch, `.${name}`);
      const lock = await Deno.open(draft, { create: true, write: true });
      try {
        if (!(await lock.tryLock(true))) throw new Deno.errors.NotFound();
        Deno.renameSync(draft, lockPath);
      } catch (error) {
        lock.close();
        if (error instanceof Deno.errors.NotFound) continue; // A sweep was faster.
        throw error;
      }
      const folder = join(scratch, name);
      Deno.mkdirSync(folder);
      return new Session(folder, lockPath, lock);
    }
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

/** Removes what sessions left in `scratch` whose process is gone. */
export async function sweepSessions(scratch: string): Promise<void> {
  const names = namesIn(scratch);
  for (const name of names.filter((name) => name.startsWith(".") || name.endsWith(LOCK))) {
    try {
      await ifUnlocked(join(scratch, name), () => {
        if (name.endsWith(LOCK)) removeIfThere(join(scratch, name.slice(0, -LOCK.length)));
        removeIfThere(join(scratch, name));
      });
    } catch {
      // Something may still write there, such as a node whose starter was killed: the lock stays,
      // and the next sweep tries again.
    }
  }
}

/** Names of the sessions in `scratch` whose process is running: `<pid>-<random>`. */
export async function livingSessions(scratch: string): Promise<string[]> {
  const living: string[] = [];
  for (const name of namesIn(scratch).filter((name) => name.endsWith(LOCK))) {
    let isDead = false;
    await ifUnlocked(join(scratch, name), () => isDead = true);
    if (!isDead) living.push(name.slice(0, -LOCK.length));
  }
  return living;
}

/** Calls back, holding the lock of a file, if nobody else holds it and the path still leads to it. */
export async function ifUnlocked(path: string, then: () => void): Promise<void> {
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, { write: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return; // Its owner removed it meanwhile.
    throw error;
  }
  try {
    if (await file.tryLock(true) && isAt(path, file)) then();
  } finally {
    file.close();
  }
}

/** Whether a path leads to an open file: it may have been removed, and another made there. */
export function isAt(path: string, file: Deno.FsFile): boolean {
  try {
    return Deno.statSync(path).ino === file.statSync().ino;
  } catch {
    return false;
  }
}

/** Names of a folder's entries; none if it is not there. */
export function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map((entry) => entry.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
