/**
 * What every section is given, and how it writes numbers.
 *
 * @module
 */
import type { CitedValue } from "../../../data/text/citations.ts";
import type { Language } from "../../../data/text/language.ts";
import { formatNumber, type NumberFormat } from "../../../data/text/numbers.ts";
import { authorMarkdown } from "../author_text.ts";
import type { Block, Table } from "../blocks.ts";
import type { NoteModel } from "../model/note.ts";
import type { ModelResult } from "../model/results.ts";
import type { Translations } from "../model/translations.ts";
import type { Rich, Text } from "../rich.ts";
import { TEXTS, type Texts } from "../text/texts.ts";

/** One language's view of a note's model. */
export interface SectionContext {
  readonly note: NoteModel;
  readonly language: Language;
  readonly t: Texts;
  /** A number as the language writes it; a dash for NaN, which is none. */
  number(value: number, format?: NumberFormat): string;
  /** An interval between two numbers. */
  interval(low: number, high: number, format?: NumberFormat): string;
  /** A text in the language, or in the note's first one that has it. */
  translate(text: Translations): string;
  titleOf(model: ModelResult): string;
  /** The author's text that ends a section; nothing without. */
  author(name: string): Block[];
  /** An author's line of text, its citations resolved. */
  prose(text: Translations): Rich;
  /** Items as a sentence lists them: `a, b and c`. */
  list(items: readonly string[]): string;
}

/** Makes the view of a language. */
export function sectionContext(note: NoteModel, language: Language): SectionContext {
  const t = TEXTS[language];
  const number = (value: number, format: NumberFormat = "number") =>
    Number.isNaN(value) ? "–" : formatNumber(value, format, language);
  const values = new Map<string, CitedValue>([...titles(note, language), ...note.values]);
  const translate = (text: Translations) => translation(text, language, note.languages);
  return {
    note,
    language,
    t,
    number,
    interval(low, high, format) {
      // One sign for both ends.
      if (format !== "percent") return t.ui.interval(number(low, format), number(high, format));
      const both = t.ui.interval(number(low * 100, "decimal1"), number(high * 100, "decimal1"));
      return both + number(0, "percent").replace(/^[\d.,]+/, "");
    },
    translate,
    titleOf: (model) => translate(model.title),
    author(name) {
      const text = Object.hasOwn(note.texts, name) ? note.texts[name] : undefined;
      if (text === undefined) return [];
      return [{ kind: "author", markdown: authorMarkdown(translate(text), values, language) }];
    },
    prose: (text) => ({
      markdown: authorMarkdown(translate(text), values, language).replace(/\s*\n\s*/g, " "),
    }),
    list: (items) =>
      items.length < 2
        ? items.join("")
        : items.slice(0, -1).join(", ") + t.ui.and + items[items.length - 1],
  };
}

/** Titles that texts may cite. */
function titles(note: NoteModel, language: Language): [string, string][] {
  const title = (text: Translations) => translation(text, language, note.languages);
  return [
    ["dataset.title", title({ ...note.dataset.title })],
    ["best.title", title(note.models[bestModel(note)].title)],
    ...note.models.map((model) => [`${model.name}.title`, title(model.title)] as [string, string]),
  ];
}

/** A text in a language, else in the first of the others that has it. */
export function translation(
  text: Translations,
  language: Language,
  languages: readonly Language[],
): string {
  const found = [language, ...languages].find((code) => Object.hasOwn(text, code));
  return found === undefined ? Object.values(text)[0] ?? "" : text[found];
}

/** The models that are trained by mini-batches, in the study's order. */
export function trainedModels(note: NoteModel): ModelResult[] {
  return note.models.filter(({ optimizer }) => optimizer !== null);
}

/** The index of the most accurate model, the first one among equals. */
export function bestModel(note: NoteModel): number {
  return indexOfBest(note.models.map(({ accuracy }) => accuracy.mean), "highest");
}

/** Index of the highest or lowest number, the first one among equals; -1 for none. */
export function indexOfBest(values: readonly number[], which: "highest" | "lowest"): number {
  let best = -1;
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    if (best < 0 || (which === "highest" ? value > values[best] : value < values[best])) best = i;
  });
  return best;
}

/** Mean in the given order; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Columns of a table: the first one to the left, the others to the right unless told. */
export function columns(
  ...headers: readonly (Text | { header: Text; align: "left" | "center" })[]
): Table["columns"] {
  return headers.map((header, i) =>
    typeof header === "object" && "align" in header
      ? header
      : { header, align: i === 0 ? "left" : "right" }
  );
}
