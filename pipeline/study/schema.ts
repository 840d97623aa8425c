/**
 * The part of a study file that belongs to no stage.
 *
 * @module
 */
import { z } from "zod";
import { PROFILES } from "../stage.ts";
import { show } from "./problems.ts";

/** A name that texts and options can refer to: of a model, of a text. */
export const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** A relative path that goes nowhere up. */
const WITHIN = /^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\]+$/;

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
  error: 'expected a language code such as "en"',
});
const name = z.string().regex(NAME, {
  error: "expected a name: a letter, then letters, digits, - or _",
});

/** A text in one language for all, or in each: `{fr: …, en: …}`. */
export const localized = z.union([z.string().min(1), z.record(language, z.string().min(1))], {
  error: ({ input }) =>
    `expected a text, or one for each language ({en: ...}), found ${show(input)}`,
});

/** Shape of the study's own keys; each other key is the section of a stage. */
export const studySchema = z.object({
  format: z.literal(1).describe("Version of the study file's format."),
  title: localized.describe("Title of the note."),
  languages: z.array(language).min(1).refine((list) => new Set(list).size === list.length, {
    error: "expected each language once",
  }).default(["en"]).describe("Languages of the note; the first makes note.md."),
  question: localized.optional().describe("What the study asks; opens the note."),
  profile: z.enum(PROFILES).default("exact").describe(
    "How numbers are computed: `exact` in WebAssembly, the same bits on every machine; `auto` on WebGPU where an adapter gives those bits too; `gpu` on WebGPU, compared by tolerance elsewhere.",
  ),
  models: z.record(name, z.looseObject({ title: localized.optional() }).nullable()).optional()
    .describe("Named points to compare; each lays its own sections over the study's."),
  predictions: z.record(
    name,
    z.strictObject({
      file: z.string().regex(WITHIN, {
        error: ({ input }) =>
          `expected a path within the study's folder such as "notebook.csv", found ${show(input)}`,
      }).describe("A CSV in the study's folder: id, predicted, and a probability for each class."),
      title: localized.optional().describe("Title of the model."),
    }),
  ).optional().describe(
    "Models whose predictions of the test images come from elsewhere; compared like any other.",
  ),
  text: z.record(name, localized).default({}).describe(
    "Further texts of the note; values are cited in braces, such as {adamw.accuracy}.",
  ),
});

/** A text as the study file writes it. */
export type LocalizedInput = z.output<typeof localized>;

/** A text in each of the study's languages. */
export type LocalizedText = Readonly<Record<string, string>>;

/** The study's own values, checked. */
export type StudyValues = z.output<typeof studySchema>;

/** Keys of the study file that are no stage's section. */
export const STUDY_KEYS: readonly string[] = Object.keys(studySchema.shape);

/** The text in each language: a plain text stands for all of them. */
export function localize(text: LocalizedInput, languages: readonly string[]): LocalizedText {
  if (typeof text !== "string") return text;
  return Object.fromEntries(languages.map((language) => [language, text]));
}
