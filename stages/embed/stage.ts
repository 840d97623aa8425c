/**
 * The `embed` stage: images as vectors of features.
 *
 * @module
 */
import { z } from "zod";
import { defineStage } from "../../pipeline/stage.ts";
import hog, { HogParams } from "./hog.ts";
import pixels, { PixelsParams } from "./pixels.ts";

const Section = z.preprocess(
  (section) => {
    if (typeof section === "string") return { method: section };
    const isObject = typeof section === "object" && section !== null && !Array.isArray(section);
    return section === undefined || isObject ? { method: "hog", ...section } : section;
  },
  z.discriminatedUnion("method", [HogParams, PixelsParams], {
    error: "Expected the name of an embedding: hog, pixels",
  }),
).describe("Images as vectors; the name of a method alone stands for its defaults.");

export default defineStage({
  name: "embed",
  section: Section,
  outside: null,
  steps: (section) =>
    section.method === "hog"
      ? [{ step: hog, params: section }]
      : [{ step: pixels, params: section }],
});
