/**
 * Compares what was recomputed with what is committed, and names where they differ first.
 *
 * @module
 */
import { join } from "node:path";
import type { Store } from "../engine/store.ts";
import { inputsOf } from "../engine/run_plan.ts";
import type { Plan } from "../plan.ts";
import { describeDifference } from "./differences.ts";
import { LOCK_NAME, type LockedStudy } from "./lock_file.ts";
import { differenceBeyond } from "./tolerance.ts";
import { alignMeasured } from "./measured.ts";
import { committedFiles, isNoteFile, isPage, languageOf, type Note } from "./note.ts";

/** One difference, with the place where it is. */
export interface Difference {
  kind: "core" | "lock" | "output" | "claim" | "note";
  text: string;
}

/**
 * Compares a study with the lock, node by node in the order of the DAG, so that the first
 * difference is the nearest to its cause. In a study of profile `gpu`, what follows from a profiled
 * step is held to the tolerance, as far as the locked bytes are at hand.
 *
 * @param local Store that may hold the locked bytes.
 * @param fresh Store that holds the recomputed ones.
 */
export function studyDifferences(
  plan: Plan,
  locked: LockedStudy,
  now: LockedStudy,
  local: Store,
  fresh: Store,
): Difference[] {
  const outputs: Difference[] = [];
  const keys: Difference[] = [];
  const inexact = inexactNodes(plan);
  for (const node of plan.nodes) {
    const { id } = node;
    const before = locked.nodes[id];
    const after = now.nodes[id]!;
    if (before === undefined) {
      keys.push({ kind: "lock", text: `${id}: ${LOCK_NAME} does not have this node` });
      continue;
    }
    for (const [port, digest] of Object.entries(after.outputs)) {
      const old = before.outputs[port];
      if (old === digest) continue;
      const isTree = node.step.outputs[port]?.format === "tree"; // the note, compared by its files
      if (inexact.has(id) && old && (isTree || agree(old, digest, local, fresh))) continue;
      outputs.push({
        kind: "output",
        text: `${id}, ${port}: ${describeOutput(old, digest, local, fresh)}`,
      });
    }
    for (const port of Object.keys(before.outputs)) {
      if (after.outputs[port] === undefined) {
        outputs.push({ kind: "output", text: `${id}: ${LOCK_NAME} has an output ${port} of it` });
      }
    }
    // The key of what reads an inexact output says no more than that output's digest.
    const readsInexact = inputsOf(node).some((input) => inexact.has(input.node));
    if (before.key !== after.key && !readsInexact) {
      keys.push({
        kind: "lock",
        text: `${id}, key: ${LOCK_NAME} has ${short(before.key)}, now ${short(after.key)}: ` +
          `its code, params or inputs are not those that were locked`,
      });
    }
  }
  for (const id of Object.keys(locked.nodes)) {
    if (now.nodes[id] === undefined) {
      keys.push({ kind: "lock", text: `${LOCK_NAME}: it has a node ${id} that the study has not` });
    }
  }
  return [
    ...outputs,
    ...recordDifferences("claim", "claim", locked.verdicts, now.verdicts),
    ...keys,
    ...recordDifferences("lock", "file", locked.remote, now.remote),
    ...(locked.profile === now.profile ? [] : [{
      kind: "lock" as const,
      text: `profile: ${LOCK_NAME} has ${locked.profile}, now ${now.profile}`,
    }]),
  ];
}

/** Nodes whose bits depend on an adapter: profiled steps of the profile `gpu`, and what reads them. */
function inexactNodes({ nodes, profile }: Plan): Set<string> {
  const inexact = new Set<string>();
  if (profile !== "gpu") return inexact;
  for (const node of nodes) {
    if (node.step.profiled || inputsOf(node).some((input) => inexact.has(input.node))) {
      inexact.add(node.id);
    }
  }
  return inexact;
}

/** Whether artifacts agree within the tolerance; what is not at hand is not compared. */
function agree(old: string, now: string, local: Store, fresh: Store): boolean {
  if (!local.hasArtifact(old)) return true;
  try {
    return differenceBeyond(local.readArtifact(old), fresh.readArtifact(now)) === undefined;
  } catch {
    return true; // The local copy is damaged: it cannot say more.
  }
}

/** Compares the versions of tools that the lock holds with those in use. */
export function toolDifferences(
  locked: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Difference[] {
  return recordDifferences("lock", "tool", locked, now);
}

function recordDifferences(
  kind: Difference["kind"],
  noun: string,
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.filter((name) => before[name] !== now[name]).map((name) => ({
    kind,
    text: `${noun} ${name}: ${LOCK_NAME} has ${before[name] ?? "none"}, now ${now[name] ?? "none"}`,
  }));
}

function describeOutput(
  old: string | undefined,
  now: string,
  local: Store,
  fresh: Store,
): string {
  if (old === undefined) return `${LOCK_NAME} does not have this output`;
  const digests = `${LOCK_NAME} has ${short(old)}, now ${short(now)}`;
  if (!local.hasArtifact(old)) return digests;
  try {
    const before = local.readArtifact(old);
    return `${describeDifference(before, fresh.readArtifact(now))} (${digests})`;
  } catch {
    return digests; // The local copy is damaged: it cannot say more.
  }
}

/**
 * Compares a recomputed note with the committed files: to the bit, or in a study of profile `gpu`
 * within the tolerance, but for the figures, whose numbers are in the tables beside them.
 */
export function noteDifferences(
  fresh: Store,
  note: Note,
  folder: string,
  { study, profile }: Pick<Plan, "study" | "profile">,
): Difference[] {
  const committed = new Set(committedFiles(folder));
  const differences: Difference[] = [];
  for (const { path, digest } of note.files) {
    const name = `reports/${study}/${path}`;
    if (!committed.delete(path)) {
      differences.push({ kind: "note", text: `${name} is not there` });
      continue;
    }
    const before = Deno.readFileSync(join(folder, path));
    let now: Uint8Array = fresh.readArtifact(digest);
    if (isPage(path)) {
      const aligned = alignMeasured(path, decode(before), decode(now), languageOf(path, note));
      now = new TextEncoder().encode(aligned.text);
      if (aligned.problem !== undefined) {
        differences.push({ kind: "note", text: `${name}: ${aligned.problem}` });
      }
    }
    if (before.length === now.length && before.every((byte, i) => byte === now[i])) continue;
    if (profile === "gpu" && path.endsWith(".svg")) continue;
    const difference = profile === "gpu"
      ? differenceBeyond(before, now)
      : describeDifference(before, now);
    if (difference !== undefined) {
      differences.push({ kind: "note", text: `${name}, ${difference}` });
    }
  }
  for (const path of committed) {
    if (!isNoteFile(path)) continue;
    differences.push({
      kind: "note",
      text: `reports/${study}/${path} is no part of the note: remove it`,
    });
  }
  return differences;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
