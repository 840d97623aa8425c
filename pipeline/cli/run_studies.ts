/**
 * Runs studies one after the other and gathers what came out.
 *
 * @module
 */
import type { Engine } from "../engine/engine.ts";
import type { EventSink } from "../engine/events.ts";
import type { NodeRecord } from "../engine/record.ts";
import type { PlanResult } from "../engine/run_plan.ts";
import type { Plan } from "../plan.ts";
import { findNote, type Note } from "./note.ts";

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
  signal: AbortSignal,
  force?: string,
): Promise<StudyRun> {
  const result = await engine.run(plan, emit, signal, force);
  const records = new Map<string, NodeRecord>();
  for (const [id, node] of result.nodes) if ("record" in node) records.set(id, node.record);
  const note = result.failed + result.blocked === 0
    ? findNote(plan, records, engine.store)
    : undefined;
  return { plan, result, records, ...(note === undefined ? {} : { note }) };
}
