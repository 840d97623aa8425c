/**
 * A note's model as a document in one language.
 *
 * @module
 */
import type { Language } from "../../data/text/language.ts";
import type { NoteDocument, Section } from "./blocks.ts";
import type { NoteModel } from "./model/note.ts";
import { claims } from "./sections/claims.ts";
import { concepts } from "./sections/concepts.ts";
import { sectionContext } from "./sections/context.ts";
import { dataset } from "./sections/dataset.ts";
import { interpretability } from "./sections/interpretability.ts";
import { lead } from "./sections/lead.ts";
import { limits } from "./sections/limits.ts";
import { method } from "./sections/method.ts";
import { metrics } from "./sections/metrics.ts";
import { provenance } from "./sections/provenance.ts";
import { question } from "./sections/question.ts";
import { references } from "./sections/references.ts";
import { results } from "./sections/results.ts";
import { tuning } from "./sections/tuning.ts";

/** Names of the author's texts that a note has a place for: each ends the section of its name. */
export const TEXT_NAMES: readonly string[] = [
  "question",
  "dataset",
  "concepts",
  "method",
  "metrics",
  "tuning",
  "results",
  "interpretability",
  "claims",
  "conclusions",
  "limits",
  "provenance",
];

/** Writes a note in one language. */
export function assemble(note: NoteModel, language: Language): NoteDocument {
  const context = sectionContext(note, language);
  const conclusions = context.author("conclusions");
  const sections: Section[] = [
    question(context),
    dataset(context),
    concepts(context),
    method(context),
    metrics(context),
    tuning(context),
    results(context),
    ...interpretability(context),
    claims(context),
    ...(conclusions.length === 0
      ? []
      : [{ id: "conclusions", title: context.t.titles.conclusions, blocks: conclusions }]),
    limits(context),
    provenance(context),
  ];
  const title = context.translate(note.title);
  return {
    language,
    title,
    description: context.t.summary.description(title),
    lead: lead(context),
    sections: [...sections, references(sections.flatMap(({ blocks }) => blocks), context)],
  };
}
