/**
 * What the study file tells the note.
 *
 * @module
 */
import { z } from "zod";
import { LANGUAGES } from "../../data/text/language.ts";
import { Search } from "./search.ts";

const translations = z.record(z.string(), z.string());

/** Params of `report.note`. */
export const NoteParams = z.strictObject({
  /** What its numbers are compared by. */
  profile: z.enum(["exact", "gpu"]),
  /** Name of the study's folder. */
  study: z.string(),
  title: translations,
  languages: z.array(z.enum(LANGUAGES)).min(1),
  /** The author's texts by name, the question among them. */
  texts: z.record(z.string(), translations),
  /** In the study's order. */
  models: z.array(z.strictObject({
    name: z.string(),
    title: translations,
    /** Names of its replicates. */
    replicates: z.array(z.string()),
    /** How its tries were found, where they are no grid. */
    search: Search.optional(),
  })).min(1),
  /** Sections that all models share, and below `models` what each sets for itself. */
  sections: z.record(z.string(), z.unknown()),
  /** Sample images shown of each class. */
  samplesPerClass: z.int(),
});

/** Params of `report.note`. */
export type NoteParams = z.output<typeof NoteParams>;
