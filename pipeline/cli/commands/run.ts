/**
 * `constat run`: brings studies up to date, writes their notes and the lock.
 *
 * @module
 */
import { join, relative } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import type { Plan } from "../../plan.ts";
import { DIFFERENT, DONE, FAILED } from "../exit_codes.ts";
import { interruptSignal } from "../interrupt.ts";
import { type Lock, type LockedStudy, lockStudy, readLock, updateLock } from "../lock_file.ts";
import { publishNote } from "../note.ts";
import { prepareCore } from "../prepare_core.ts";
import { type GlobalOptions, loadPlans, openEngine, ROOT, studyFolder } from "../project.ts";
import { plural } from "../render/format.ts";
import { textTable } from "../render/table.ts";
import { makeRenderer } from "../renderer.ts";
import { Scratch } from "../scratch.ts";
import { isWhole, runStudy, type StudyRun } from "../run_studies.ts";
import { printStatus } from "./status.ts";
import { UsageError } from "../usage_error.ts";

/** Options of `run`. */
export interface RunOptions extends GlobalOptions {
  set?: string[];
  dryRun?: boolean;
  force?: string;
  requireAll?: boolean;
}

/** Runs the named studies, or all of them. */
export async function run(names: string[], options: RunOptions): Promise<number> {
  const overrides = options.set ?? [];
  await prepareCore();
  const plans = await loadPlans(names, overrides);
  if (options.force !== undefined) checkForced(plans, options.force);
  await using engine = openEngine(options);
  if (options.dryRun) {
    for (const plan of plans) printStatus(plan, engine.status(plan), options);
    return DONE;
  }
  readLock(ROOT); // What is wrong with it is told before the work, not after.
  const signal = interruptSignal();
  const renderer = makeRenderer(options);
  const runs: StudyRun[] = [];
  const how = {
    signal,
    experiment: overrides.length > 0,
    ...(options.force === undefined ? {} : { force: options.force }),
  };
  try {
    for (const plan of plans) runs.push(await runStudy(engine, plan, renderer.sink, how));
  } finally {
    renderer.close();
  }
  const places = new Map<string, string>();
  const locked: Record<string, LockedStudy> = {};
  await using scratch = new Scratch();
  for (const run of runs.filter(isWhole)) {
    const { plan: { study }, note, records } = run;
    places.set(study, await keepNote(engine, run, scratch, overrides.length > 0));
    locked[study] = lockStudy(run.plan, records, note?.overview.claims.verdicts ?? {});
  }
  if (overrides.length === 0 && places.size > 0) {
    const written = await updateLock(ROOT, scratch, (lock) => {
      Object.assign(lock.studies, locked);
      lock.tools = { deno: Deno.version.deno };
      forgetRemoved(lock, plans, names);
    });
    if (written) console.error("lock.json: written");
  }
  if (options.json) reportJson(runs, places);
  else report(runs, places);
  return exitCode(runs, options.requireAll ?? false);
}

/** A misspelt step would force nothing, and look as if all were well. */
function checkForced(plans: readonly Plan[], force: string): void {
  const steps = [...new Set(plans.flatMap((plan) => plan.nodes.map((node) => node.step.name)))];
  if (steps.some((step) => step.startsWith(force))) return;
  throw new UsageError(
    `--force ${force}: no step has a name that starts so: the steps are ${steps.join(", ")}`,
  );
}

/** Puts a whole study's note in its place; returns its path. */
async function keepNote(
  engine: Engine,
  { plan, note }: StudyRun,
  scratch: Scratch,
  overridden: boolean,
): Promise<string> {
  // What was overridden on the command line is an experiment: nothing committed changes.
  const folder = overridden
    ? join(ROOT, ".constat", "overridden", plan.study)
    : studyFolder(plan.study);
  if (note !== undefined) await publishNote(engine.store, note, folder, scratch);
  return note === undefined ? "" : relative(Deno.cwd(), join(folder, "note.html"));
}

/** A run of all studies also drops those from the lock that are no longer there. */
function forgetRemoved(lock: Lock, plans: readonly Plan[], names: readonly string[]): void {
  if (names.length > 0) return;
  const present = new Set(plans.map((plan) => plan.study));
  for (const study of Object.keys(lock.studies)) {
    if (!present.has(study)) delete lock.studies[study];
  }
}

function report(runs: readonly StudyRun[], places: ReadonlyMap<string, string>): void {
  const rows = runs.map((run) => {
    const { plan, result, note } = run;
    const { headline, claims } = note?.overview ?? {};
    const place = result.unavailable !== undefined
      ? "skipped: its data is not at hand"
      : isWhole(run)
      ? places.get(plan.study) ?? ""
      : `${plural(result.failed, "node")} failed`;
    return [
      plan.study,
      String(result.computed),
      String(result.cached),
      headline === undefined ? "" : formatHeadline(headline),
      claims === undefined
        ? ""
        : claims.total === 0
        ? "none made"
        : `${claims.held} of ${claims.total}`,
      place,
    ];
  });
  const heading = ["study", "run", "cached", "headline (95 % interval)", "claims hold", "note"];
  console.log(textTable(heading, rows));
  for (const { plan, result } of runs) {
    if (result.unavailable !== undefined) {
      console.log(`\n${plan.study} is skipped: ${result.unavailable}`);
    }
  }
}

/** The same table, a line for each study. */
function reportJson(runs: readonly StudyRun[], places: ReadonlyMap<string, string>): void {
  for (const { plan: { study }, result, note } of runs) {
    const { computed, cached, failed, blocked, unavailable } = result;
    console.log(JSON.stringify({
      type: "study.result",
      study,
      computed,
      cached,
      failed,
      blocked,
      ...(unavailable === undefined ? {} : { skipped: unavailable }),
      ...(note === undefined ? {} : { ...note.overview, note: places.get(study) }),
    }));
  }
}

function formatHeadline(headline: { label: string; value: number; low: number; high: number }) {
  const digits = (value: number) => value.toFixed(3);
  return `${headline.label} ${digits(headline.value)} (${digits(headline.low)} to ${
    digits(headline.high)
  })`;
}

function exitCode(runs: readonly StudyRun[], requireAll: boolean): number {
  const broken = runs.filter((run) => !isWhole(run));
  if (broken.some((run) => run.result.unavailable === undefined)) return FAILED;
  return broken.length > 0 && requireAll ? DIFFERENT : DONE;
}
