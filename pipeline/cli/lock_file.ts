/**
 * `lock.json`: the record that `verify` holds the world to.
 *
 * @module
 */
import { join } from "node:path";
import { z } from "zod";
import { readTextIfThere, writeFileAtomic } from "../engine/atomic.ts";
import { KeyLock } from "../engine/key_lock.ts";
import { readableJson } from "../canonical.ts";
import type { NodeRecord } from "../engine/record.ts";
import type { Plan } from "../plan.ts";
import { comparedAs } from "../stage.ts";
import type { Scratch } from "./scratch.ts";
import { UsageError } from "./usage_error.ts";

/** Version of the lock's layout. */
export const LOCK_FORMAT = 1;

/** Name of the lock below the project's root. */
export const LOCK_NAME = "lock.json";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 lowercase hexadecimal digits");

const lockedStudy = z.strictObject({
  profile: z.string(),
  /** Digest of each file from elsewhere, by URL. */
  remote: z.record(z.string(), digest),
  /** Key of each node, and digest of each of its outputs by port. */
  nodes: z.record(
    z.string(),
    z.strictObject({ key: digest, outputs: z.record(z.string(), digest) }),
  ),
  /** Verdict of each claim. */
  verdicts: z.record(z.string(), z.string()),
});

const lockSchema = z.strictObject({
  format: z.literal(LOCK_FORMAT),
  tools: z.record(z.string(), z.string()),
  studies: z.record(z.string(), lockedStudy),
});

/** What the lock holds of one study. */
export type LockedStudy = z.output<typeof lockedStudy>;

/** The whole lock. */
export type Lock = z.output<typeof lockSchema>;

/** A lock without studies. */
export function emptyLock(): Lock {
  return { format: LOCK_FORMAT, tools: { deno: Deno.version.deno }, studies: {} };
}

/**
 * Reads the lock; an empty one if there is none.
 *
 * @throws {UsageError} if it is no lock, or of another format.
 */
export function readLock(root: string): Lock {
  const text = readTextIfThere(join(root, LOCK_NAME));
  if (text === undefined) return emptyLock();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${LOCK_NAME} is not JSON (${message(error)}): ${REMEDY}`);
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format > LOCK_FORMAT) {
    throw new UsageError(
      `${LOCK_NAME} is of format ${format}, newer than ${LOCK_FORMAT}: take the version of this ` +
        `program that wrote it`,
    );
  }
  const parsed = lockSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UsageError(`${LOCK_NAME}: ${issue.path.join(".")}: ${issue.message}. ${REMEDY}`);
  }
  return parsed.data;
}

const REMEDY = "Restore it with git, or delete it and run `make reproduce` to write it anew";

/** The lock's text: sorted keys, so that equal locks are equal files. */
export function lockText(lock: Lock): string {
  return readableJson(lock);
}

const LOCK_POLL_MS = 50;

/**
 * Changes the lock as it stands now, one process at a time, so that runs of other studies that end
 * meanwhile keep theirs. Tells whether its text changed.
 */
export async function updateLock(
  root: string,
  scratch: Scratch,
  change: (lock: Lock) => void,
): Promise<boolean> {
  const folder = await scratch.folder();
  using _turn = await takeTurn(join(root, ".constat", "locks"));
  const path = join(root, LOCK_NAME);
  const lock = readLock(root);
  change(lock);
  const text = lockText(lock);
  if (readTextIfThere(path) === text) return false;
  writeFileAtomic(path, text, folder);
  return true;
}

async function takeTurn(folder: string): Promise<KeyLock> {
  while (true) {
    const turn = await KeyLock.take(folder, LOCK_NAME, LOCK_NAME);
    if (turn instanceof KeyLock) return turn;
    await new Promise((done) => setTimeout(done, LOCK_POLL_MS));
  }
}

/** What the lock is to hold of a study that ran whole. */
export function lockStudy(
  plan: Plan,
  records: ReadonlyMap<string, NodeRecord>,
  verdicts: Readonly<Record<string, string>>,
): LockedStudy {
  const nodes: LockedStudy["nodes"] = {};
  const remote: LockedStudy["remote"] = {};
  for (const { id } of plan.nodes) {
    const record = records.get(id);
    if (record === undefined) throw new Error(`Cannot lock ${plan.study} as ${id} has no record`);
    const outputs = Object.entries(record.outputs).map(([port, output]) => [port, output.digest]);
    nodes[id] = { key: record.key, outputs: Object.fromEntries(outputs) };
    Object.assign(remote, record.material.remote);
  }
  return { profile: comparedAs(plan.profile), remote, nodes, verdicts: { ...verdicts } };
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
