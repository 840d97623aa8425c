import assert from "node:assert/strict";
import { join } from "node:path";
import { KeyLock } from "./key_lock.ts";
import { Session } from "./session.ts";
import { listFiles } from "./store.ts";

async function withFolder(body: (folder: string) => Promise<void>) {
  const folder = Deno.makeTempDirSync();
  try {
    await body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Makes files look as if they were written a while ago. */
function age(folder: string, seconds: number) {
  const then = new Date(Date.now() - 1000 * seconds);
  for (const entry of Deno.readDirSync(folder)) {
    Deno.utimeSync(join(folder, entry.name), then, then);
  }
}

Deno.test("a session removes what a dead one left, and spares a living one", () =>
  withFolder(async (scratch) => {
    const living = await Session.open(scratch);
    Deno.writeTextFileSync(join(living.makeFolder(), "file"), "x");
    // What kill -9 leaves: a folder and a lock file that nobody locks.
    Deno.mkdirSync(join(scratch, "99-dead"));
    Deno.writeTextFileSync(join(scratch, "99-dead", "half"), "x");
    Deno.writeTextFileSync(join(scratch, "99-dead.lock"), "");
    age(scratch, 10);
    const next = await Session.open(scratch);
    const names = listFiles(scratch).join();
    assert(!names.includes("99-dead"), names);
    assert(names.includes(`${living.folder.split("/").at(-1)}/0/file`), names);
    living.close();
    next.close();
    assert.deepEqual(listFiles(scratch), []);
  }));

Deno.test("a key lock is held once, tells its owner, and can be taken again", () =>
  withFolder(async (locks) => {
    const first = await KeyLock.take(locks, "abc", "train.fit");
    assert(first instanceof KeyLock);
    const second = await KeyLock.take(locks, "abc", "train.fit");
    assert(!(second instanceof KeyLock));
    assert.equal(second.pid, Deno.pid);
    assert.equal(second.node, "train.fit");
    first[Symbol.dispose]();
    const third = await KeyLock.take(locks, "abc", "train.fit");
    assert(third instanceof KeyLock);
    third[Symbol.dispose]();
    assert.deepEqual(listFiles(locks), []);
  }));

Deno.test("the lock file of a dead owner is no obstacle", () =>
  withFolder(async (locks) => {
    Deno.writeTextFileSync(join(locks, "abc"), JSON.stringify({ pid: 1, node: "train.fit" }));
    const lock = await KeyLock.take(locks, "abc", "train.fit");
    assert(lock instanceof KeyLock);
    lock[Symbol.dispose]();
  }));
