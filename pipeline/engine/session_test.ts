import assert from "node:assert/strict";
import { join } from "node:path";
import { KeyLock, sweepLocks } from "./key_lock.ts";
import { ifUnlocked, Session, sweepSessions } from "./session.ts";
import { listFiles } from "./store.ts";

async function withFolder(body: (folder: string) => Promise<void>) {
  const folder = Deno.makeTempDirSync();
  try {
    await body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("a sweep removes what a dead session left, and spares a living one", () =>
  withFolder(async (scratch) => {
    const living = await Session.open(scratch);
    Deno.writeTextFileSync(join(living.makeFolder(), "file"), "x");
    // What kill -9 leaves: a folder and a lock file that nobody locks.
    Deno.mkdirSync(join(scratch, "99-dead"));
    Deno.writeTextFileSync(join(scratch, "99-dead", "half"), "x");
    Deno.writeTextFileSync(join(scratch, "99-dead.lock"), "");
    Deno.writeTextFileSync(join(scratch, ".99-unnamed"), "");
    await sweepSessions(scratch);
    const names = listFiles(scratch).join();
    assert(!names.includes("99-"), names);
    assert(names.includes(`${living.folder.split("/").at(-1)}/0/file`), names);
    living.close();
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

Deno.test("the lock file of a dead owner is no obstacle, and is swept", () =>
  withFolder(async (locks) => {
    Deno.writeTextFileSync(join(locks, "abc"), JSON.stringify({ pid: 1, node: "train.fit" }));
    const lock = await KeyLock.take(locks, "abc", "train.fit");
    assert(lock instanceof KeyLock);
    Deno.writeTextFileSync(join(locks, "def"), JSON.stringify({ pid: 1, node: "train.fit" }));
    await sweepLocks(locks);
    assert.deepEqual(listFiles(locks), ["abc"]);
    lock[Symbol.dispose]();
  }));

Deno.test("a sweep leaves a lock that was taken anew since it looked", () =>
  withFolder(async (locks) => {
    const path = join(locks, "abc");
    Deno.writeTextFileSync(path, "of a dead owner");
    let called = false;
    const sweep = ifUnlocked(path, () => called = true);
    Deno.removeSync(path);
    Deno.writeTextFileSync(path, "of a new owner");
    await sweep;
    assert(!called);
  }));

Deno.test("what cannot be removed now does not stop a sweep", () =>
  withFolder(async (scratch) => {
    Deno.mkdirSync(join(scratch, "98-odd.lock"));
    Deno.writeTextFileSync(join(scratch, "99-dead.lock"), "");
    await sweepSessions(scratch);
    assert.deepEqual([...Deno.readDirSync(scratch)].map((entry) => entry.name), ["98-odd.lock"]);
  }));
