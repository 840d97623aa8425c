/**
 * `constat verify`: recomputes studies in an empty store and holds the committed notes and the lock
 * to what comes out. It writes nothing that is committed.
 *
 * @module
 */
import { join } from "node:path";
import { Engine } from "../../engine/engine.ts";
import type { Store } from "../../engine/store.ts";
import type { Plan } from "../../plan.ts";
import { checkCore } from "../prepare_core.ts";
import { type Difference, noteDifferences, studyDifferences, toolDifferences } from "../compare.ts";
import { CLAIMS_DIFFER, DIFFERENT, DONE, FAILED } from "../exit_codes.ts";
import { interruptSignal } from "../interrupt.ts";
import { emptyLock, type Lock, LOCK_NAME, lockStudy, readLock } from "../lock_file.ts";
import { type GlobalOptions, loadPlans, openEngine, ROOT, studyFolder } from "../project.ts";
import { formatSeconds, plural } from "../render/format.ts";
import { makeRenderer } from "../renderer.ts";
import { isWhole, runStudy, type StudyRun } from "../run_studies.ts";
import { TOLERANCE } from "../tolerance.ts";
import { UsageError } from "../usage_error.ts";

/** Options of `verify`. */
export interface VerifyOptions extends GlobalOptions {
  /** Skipped studies make the exit code 3. */
  requireAll?: boolean;
  /** Only the verdicts of claims are held to the lock; exit code 4. */
  claims?: boolean;
}

/** Differences shown per study before the rest is counted. */
const MOST_SHOWN = 10;

/** Verifies the named studies, or all of them. */
export async function verify(names: string[], options: VerifyOptions): Promise<number> {
  const lock = readLock(ROOT);
  if (Object.keys(lock.studies).length === 0) {
    throw new UsageError(
      `There is no ${LOCK_NAME} to verify against: run \`make reproduce\` first`,
    );
  }
  const differences: Difference[] = names.length === 0 ? await checkCore() : [];
  const plans = await loadPlans(names);
  const signal = interruptSignal();
  const renderer = makeRenderer(options);
  // The local store is only asked for the locked bytes, so that a difference can be named.
  await using local = openEngine(options);
  const scratch = (await local.store.session()).makeFolder();
  await using fresh = openEngine({ ...options, store: join(scratch, "store") });
  const runs: StudyRun[] = [];
  try {
    for (const plan of plans) runs.push(await runStudy(fresh, plan, renderer.sink, { signal }));
  } finally {
    renderer.close();
  }

  const say = (text: string, line: Record<string, unknown>) =>
    console.log(options.json ? JSON.stringify(line) : text);
  let skipped = 0;
  let failed = 0;
  let verdictsDiffer = false;
  for (const run of runs) {
    const { study } = run.plan;
    if (run.result.unavailable !== undefined) {
      skipped++;
      const reason = run.result.unavailable;
      say(`${study}: skipped, as its data is not at hand: ${reason}`, {
        type: "verify.result",
        study,
        skipped: reason,
      });
      continue;
    }
    if (!isWhole(run)) {
      failed++;
      say(`${study}: not verified, as ${plural(run.result.failed, "node")} failed`, {
        type: "verify.result",
        study,
        failed: run.result.failed,
      });
      continue;
    }
    const found = compareStudy(run, lock, local.store, fresh);
    verdictsDiffer ||= found.some((difference) => difference.kind === "claim");
    differences.push(...found);
    say(
      `${study}: ${plural(run.records.size, "node")} recomputed in ${
        formatSeconds(run.result.seconds)
      }, ${found.length === 0 ? verdict(run.plan) : "DIFFERENT"}`,
      {
        type: "verify.result",
        study,
        nodes: run.records.size,
        seconds: run.result.seconds,
        equal: found.length === 0,
      },
    );
  }
  if (names.length === 0) differences.push(...studiesWithoutFolder(lock, plans));
  differences.push(...toolDifferences(lock.tools, emptyLock().tools));
  for (const { kind, text } of options.json ? differences : differences.slice(0, MOST_SHOWN)) {
    say(`  ${text}`, { type: "verify.difference", kind, text });
  }
  if (!options.json && differences.length > MOST_SHOWN) {
    console.log(`  and ${plural(differences.length - MOST_SHOWN, "further difference")}`);
  }
  if (failed > 0) return FAILED;
  if (options.claims) return verdictsDiffer ? CLAIMS_DIFFER : DONE;
  if (differences.length > 0) {
    if (!options.json) {
      console.log(
        "\nWhat is committed is not what the code computes. If the change is meant, " +
          "`make reproduce` writes the notes and the lock anew; commit them.",
      );
    }
    return DIFFERENT;
  }
  return skipped > 0 && options.requireAll ? DIFFERENT : DONE;
}

function verdict({ profile }: Plan): string {
  return profile === "gpu"
    ? `equal to the lock and the committed note within the tolerance of its profile gpu (${TOLERANCE})`
    : "all equal to the lock and the committed note";
}

function compareStudy(run: StudyRun, lock: Lock, local: Store, fresh: Engine): Difference[] {
  const { plan, records, note } = run;
  const locked = lock.studies[plan.study];
  if (locked === undefined) {
    const text = `${LOCK_NAME}: it has no study ${plan.study}: \`make reproduce\` adds it`;
    return [{ kind: note?.overview.claims.total ? "claim" : "lock", text }];
  }
  const now = lockStudy(plan, records, note?.overview.claims.verdicts ?? {});
  return [
    ...studyDifferences(plan, locked, now, local, fresh.store),
    ...(note === undefined
      ? []
      : noteDifferences(fresh.store, note, studyFolder(plan.study), plan)),
  ];
}

function studiesWithoutFolder(lock: Lock, plans: readonly Plan[]): Difference[] {
  const present = new Set(plans.map((plan) => plan.study));
  return Object.keys(lock.studies).filter((study) => !present.has(study)).map((study) => ({
    kind: "lock",
    text: `${LOCK_NAME}: it holds the study ${study}, which reports/ does not have`,
  }));
}
