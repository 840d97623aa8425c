/**
 * Runs studies one after the other and gathers what came out.
 *
 * @module
 */
import type { Engine, EngineRunOptions } from "../engine/engine.ts";
import { DamagedArtifactError } from "../engine/errors.ts";
import type { EventSink } from "../engine/events.ts";
import type { NodeRecord } from "../engine/record.ts";
import type { PlanResult } from "../engine/run_plan.ts";
import type { Plan } from "../plan.ts";
import { findNote, type Note } from "./note.ts";

/** A note whose bytes are found damaged is written again this often. */
const REPAIRS = 3;

/** What became of one study. */
export interface StudyRun {
  plan: Plan;
  result: PlanResult;
  /** Record of each node that is there. */
  records: ReadonlyMap<string, NodeRecord>;
  /** Undefined where a node failed, or the study makes no note. */
  note?: Note;
}

/** Whether every node of a study is there. */
export function isWhole(run: StudyRun): boolean {
  return run.result.failed === 0 && run.result.blocked === 0;
}

/** Runs one study. */
export async function runStudy(
  engine: Engine,
  plan: Plan,
  emit: EventSink,
  { force, ...options }: EngineRunOptions,
): Promise<StudyRun> {
  for (let repair = 0;; repair++) {
    const result = await engine.run(plan, emit, {
      ...options,
      ...(force === undefined || repair > 0 ? {} : { force }),
    });
    const records = new Map<string, NodeRecord>();
    for (const [id, node] of result.nodes) if ("record" in node) records.set(id, node.record);
    const run = { plan, result, records };
    if (!isWhole(run)) return run;
    try {
      const note = findNote(plan, records, engine.store);
      return note === undefined ? run : { ...run, note };
    } catch (error) {
      // Nothing but this reads a note: its writer does not run again unless it is asked to.
      if (!(error instanceof DamagedArtifactError) || repair >= REPAIRS) throw error;
      emit({ type: "artifact.damaged", study: plan.study, node: "note", digest: error.digest });
    }
  }
}
