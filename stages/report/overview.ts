/**
 * What a list of studies tells of one: its headline and verdicts.
 *
 * @module
 */
import type { Verdict } from "../../data/artifacts/claims.ts";
import type { NoteModel } from "./model/note.ts";
import { bestModel } from "./sections/context.ts";

/** The artifact `overview`. */
export interface Overview {
  headline: {
    /** Name of the most accurate model and of the metric: `adamw.accuracy`. */
    label: string;
    /** On the test set, with its 95% interval. */
    value: number;
    low: number;
    high: number;
  };
  claims: { held: number; total: number; verdicts: Record<string, Verdict> };
}

/** Sums up a note. */
export function overview(note: NoteModel): Overview {
  const { name, accuracy } = note.models[bestModel(note)];
  return {
    headline: {
      label: `${name}.accuracy`,
      value: accuracy.mean,
      low: accuracy.low,
      high: accuracy.high,
    },
    claims: {
      held: note.claims.filter(({ verdict }) => verdict === "holds").length,
      total: note.claims.length,
      verdicts: Object.fromEntries(note.claims.map(({ id, verdict }) => [id, verdict])),
    },
  };
}
