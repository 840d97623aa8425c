/**
 * What the models lean on, where the study asks for it.
 *
 * @module
 */
import type { Section } from "../blocks.ts";
import type { SectionContext } from "./context.ts";
import { importance } from "./interpretability/importance.ts";
import { neighbours } from "./interpretability/neighbours.ts";
import { occlusion } from "./interpretability/occlusion.ts";

/** The section; none without anything to tell. */
export function interpretability(context: SectionContext): Section[] {
  const { t } = context;
  const blocks = [...importance(context), ...occlusion(context), ...neighbours(context)];
  if (blocks.length === 0) return [];
  return [{
    id: "interpretability",
    title: t.titles.interpretability,
    blocks: [
      { kind: "paragraph", text: t.interpretability.intro },
      ...blocks,
      ...context.author("interpretability"),
    ],
  }];
}
