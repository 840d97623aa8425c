/**
 * The project that a command works on: its root, its studies, and the engine set up for it.
 *
 * @module
 */
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkText } from "../../data/text/citations.ts";
import { LANGUAGES } from "../../data/text/language.ts";
import { Engine } from "../engine/engine.ts";
import type { Plan } from "../plan.ts";
import { loadStudy, planStudy, resolveStudies, type StudyFile } from "../study/mod.ts";
import { draw } from "./draw.ts";
import { describeFileDifference } from "./differences.ts";
import { STAGES } from "./stages.ts";
import { UsageError } from "./usage_error.ts";

/** Options that every command takes. */
export interface GlobalOptions {
  store?: string;
  mirror?: string;
  jobs?: number;
  threads?: number;
  checkpointSeconds?: number;
  json?: boolean;
  verbose?: boolean;
  v8Flags?: string;
  nodePrefix?: string;
  nodeDeno?: string;
}

/** Root of the project that holds this program. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folder of the studies. */
export const REPORTS = join(ROOT, "reports");

/** Folder of a study. */
export function studyFolder(study: string): string {
  return join(REPORTS, study);
}

/** Loads studies by name (all of them without names) and resolves them into plans. */
export async function loadPlans(
  names: readonly string[],
  overrides: readonly string[] = [],
): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const { path } of await studiesNamed(names)) {
    const study = await loadStudy(relative(Deno.cwd(), path), { overrides });
    plans.push(planStudy(study, STAGES, {
      textRules: { checkText },
      languages: LANGUAGES,
      draw,
      isThere: (name, file) => isFile(join(studyFolder(name), file)),
    }));
  }
  return plans;
}

/** Sets up the engine as the options say. */
export function openEngine(options: GlobalOptions): Engine {
  const mirror = options.mirror ?? Deno.env.get("CONSTAT_MIRROR");
  return new Engine({
    root: ROOT,
    ...(options.store === undefined ? {} : { storePath: resolve(options.store) }),
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.checkpointSeconds === undefined
      ? {}
      : { checkpointSeconds: options.checkpointSeconds }),
    ...(mirror === undefined || mirror === "" ? {} : { mirror: mirrorFolder(mirror) }),
    ...(options.nodeDeno === undefined ? {} : { denoPath: options.nodeDeno }),
    prefix: words(options.nodePrefix),
    v8Flags: words(options.v8Flags),
    describeDifference: describeFileDifference,
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}

async function studiesNamed(names: readonly string[]): Promise<StudyFile[]> {
  try {
    return await resolveStudies(ROOT, names);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

function mirrorFolder(path: string): string {
  const folder = isAbsolute(path) ? path : resolve(path);
  try {
    if (Deno.statSync(folder).isDirectory) return folder;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  throw new UsageError(
    `The mirror folder ${path} is not there: give an existing folder with --mirror or ` +
      `CONSTAT_MIRROR, or none to take files from the network`,
  );
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(/[\s,]+/).filter((word) => word !== "");
}
