/**
 * What the study asks, of which models, and what it claims beforehand.
 *
 * @module
 */
import type { Block, Section } from "../blocks.ts";
import type { SectionContext } from "./context.ts";

/** The section. */
export function question(context: SectionContext): Section {
  const { note, t, prose, titleOf } = context;
  const blocks: Block[] = [
    ...context.author("question"),
    { kind: "paragraph", text: t.question.models },
    { kind: "list", items: note.models.map(titleOf) },
  ];
  if (note.claims.length > 0) {
    blocks.push(
      { kind: "paragraph", text: t.question.claims },
      { kind: "list", ordered: true, items: note.claims.map(({ text }) => prose(text)) },
    );
  }
  return { id: "question", title: t.titles.question, blocks };
}
