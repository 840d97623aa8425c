/**
 * The `data` stage: where the images come from.
 *
 * @module
 */
import { z } from "zod";
import { defineStage } from "../../pipeline/stage.ts";
import idx, { IDX_SOURCES, IdxParams } from "./idx.ts";
import letterforms, { LetterformsParams } from "./letterforms.ts";

const SOURCE_NAMES = ["letterforms", ...IDX_SOURCES];

const Section = z.preprocess(
  (section) => typeof section === "string" ? { source: section } : section,
  z.discriminatedUnion("source", [LetterformsParams, IdxParams], {
    error: ({ input }) =>
      `Expected the name of a data source (${SOURCE_NAMES.join(", ")}), found ${nameOf(input)}`,
  }),
).describe("Where the images come from; the name of a source alone stands for its defaults.");

function nameOf(section: unknown): string {
  const { source } = (section ?? {}) as { source?: unknown };
  return source === undefined ? "none" : JSON.stringify(source);
}

export default defineStage({
  name: "data",
  section: Section,
  steps: (section) =>
    section.source === "letterforms"
      ? [{ step: letterforms, params: section }]
      : [{ step: idx, params: section }],
});
