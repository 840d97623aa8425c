/**
 * Finds the studies of a project.
 *
 * @module
 */
import { basename, dirname, join, relative, resolve } from "node:path";
import { hintFrom } from "./suggest.ts";

/** A study file on disk. */
export interface StudyFile {
  /** Name of its folder. */
  name: string;
  /** Path of `study.yaml`, below the root as the root was given. */
  path: string;
}

/**
 * Every `reports/<name>/study.yaml` below a root, by name in the order of its code units. Folders whose
 * names start with `.` or `_` are left out. No `reports` folder: no studies.
 */
export async function findStudies(root: string): Promise<StudyFile[]> {
  const reports = join(root, "reports");
  const found: StudyFile[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(reports)) {
      if (isFile || /^[._]/.test(name)) continue;
      const path = join(reports, name, "study.yaml");
      if (await isPresent(path)) found.push({ name, path });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/**
 * The studies that names ask for, all of them for no names, each once and in the order of
 * {@linkcode findStudies}. A name may also be the path of a study's folder or file.
 *
 * @throws {RangeError} if there is no such study, with the closest name.
 */
export async function resolveStudies(
  root: string,
  names: readonly string[],
): Promise<StudyFile[]> {
  const studies = await findStudies(root);
  if (names.length === 0) return studies;
  const wanted = new Set<string>();
  for (const name of names) {
    const study = studies.find((study) => study.name === name || isPathOf(study, name));
    if (study === undefined) {
      const hint = hintFrom(basename(name), studies.map((study) => study.name));
      const where = relative(".", join(root, "reports")) || "reports";
      throw new RangeError(
        `Cannot find the study ${JSON.stringify(name)} below ${where}: ` +
          (studies.length === 0 ? "there are no studies" : hint ?? "there is none of this name"),
      );
    }
    wanted.add(study.name);
  }
  return studies.filter(({ name }) => wanted.has(name));
}

function isPathOf({ path }: StudyFile, name: string): boolean {
  return resolve(name) === resolve(path) || resolve(name) === resolve(dirname(path));
}

async function isPresent(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}
