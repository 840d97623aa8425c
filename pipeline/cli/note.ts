/**
 * The committed note of a study, and the note that a run made.
 *
 * @module
 */
import { join } from "node:path";
import { readTextIfThere, removeIfThere, writeFileAtomic } from "../engine/atomic.ts";
import { sha256File } from "../digest.ts";
import type { NodeRecord, TreeManifest } from "../engine/record.ts";
import { listFiles, type Store } from "../engine/store.ts";
import type { Plan } from "../plan.ts";
import { type Cost, costOf, fillMeasured, sameButMeasured } from "./measured.ts";
import type { Scratch } from "./scratch.ts";

/** The study's own file beside its note. */
const STUDY_FILE = "study.yaml";

/** What the last stage says of a study in a few numbers, for the table that ends a run. */
export interface Overview {
  headline: { label: string; value: number; low: number; high: number };
  claims: { held: number; total: number; verdicts: Record<string, string> };
}

/** A finished study's note. */
export interface Note {
  files: TreeManifest["files"];
  overview: Overview;
  /** Language of `note.md`. */
  language: string;
  /** What the study took when it was computed. */
  cost: Cost;
}

/**
 * Finds the node that wrote a note among a study's records; undefined if the study makes none.
 *
 * @throws {DamagedArtifactError} if bytes of the note are not what they were; they are set aside.
 */
export function findNote(
  plan: Plan,
  records: ReadonlyMap<string, NodeRecord>,
  store: Store,
): Note | undefined {
  for (const { id } of plan.nodes) {
    const outputs = records.get(id)?.outputs;
    if (outputs?.note === undefined || outputs.overview === undefined) continue;
    const { files } = store.readTree(outputs.note.digest);
    for (const { digest } of files) store.readArtifact(digest);
    return {
      files,
      overview: JSON.parse(decode(store, outputs.overview.digest)) as Overview,
      language: plan.languages[0] ?? "en",
      cost: costOf(records.values()),
    };
  }
  return undefined;
}

/** Files of a committed note, relative to the study's folder: everything but the study file. */
export function committedFiles(folder: string): string[] {
  return listFiles(folder).filter((path) => path !== STUDY_FILE && !path.startsWith("."));
}

/**
 * Copies a note to its folder: only files that differ are written, files of an earlier note that it
 * no longer has are removed. Returns the paths that changed.
 */
export async function publishNote(
  store: Store,
  note: Note,
  folder: string,
  scratch: Scratch,
): Promise<string[]> {
  const changed: string[] = [];
  for (const { path, digest, size } of note.files) {
    const place = join(folder, path);
    if (isPage(path)) {
      const text = fillMeasured(path, decode(store, digest), languageOf(path, note), note.cost);
      // Other times alone are no reason to change a committed file.
      if (sameButMeasured(text, readTextIfThere(place) ?? "")) continue;
      writeFileAtomic(place, text, await scratch.folder());
    } else {
      if (sameFile(place, digest, size)) continue;
      writeFileAtomic(place, store.readArtifact(digest), await scratch.folder());
    }
    changed.push(path);
  }
  const kept = new Set(note.files.map((file) => file.path));
  for (const path of committedFiles(folder).filter((path) => isNoteFile(path) && !kept.has(path))) {
    removeIfThere(join(folder, path));
    changed.push(path);
  }
  return changed;
}

/** Whether a note can have written a file: a stranger's beside it is let be. */
export function isNoteFile(path: string): boolean {
  return isPage(path) || /^(figures|tables)\//.test(path);
}

function sameFile(path: string, digest: string, size: number): boolean {
  try {
    return Deno.statSync(path).size === size && sha256File(path).digest === digest;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Whether a file of a note is a page, which may hold measured blocks. */
export function isPage(path: string): boolean {
  return /^note(\.[a-z-]+)?\.(md|html)$/i.test(path);
}

/** Language of a note's page: `note.en.html` is English, `note.html` in the study's first. */
export function languageOf(path: string, note: Note): string {
  return path.match(/\.([a-z-]+)\.(?:md|html)$/)?.[1] ?? note.language;
}

function decode(store: Store, digest: string): string {
  return new TextDecoder().decode(store.readArtifact(digest));
}
