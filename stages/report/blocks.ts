/**
 * What a note is made of, before it is Markdown or HTML.
 *
 * @module
 */
import type { Language } from "../../data/text/language.ts";
import type { CaptionedSheet } from "./pictures/captioned_sheet.ts";
import type { ImageSet, SheetRow } from "./pictures/sheet.ts";
import type { Text } from "./rich.ts";

/** A note in one language. */
export interface NoteDocument {
  language: Language;
  title: string;
  /** One line for search engines and previews. */
  description: string;
  /** What stands before the first section. */
  lead: readonly Block[];
  sections: readonly Section[];
}

/** A numbered section. */
export interface Section {
  /** Anchor, the same in every language. */
  id: string;
  title: string;
  blocks: readonly Block[];
}

/** A block of a section. */
export type Block =
  | { kind: "heading"; id: string; text: Text }
  | { kind: "paragraph"; text: Text }
  | { kind: "list"; items: readonly Text[]; ordered?: boolean }
  | { kind: "math"; tex: string }
  | { kind: "code"; syntax: string; text: string }
  | { kind: "definitions"; items: readonly (readonly [Text, Text])[] }
  | { kind: "author"; markdown: string }
  | { kind: "measured"; text: Text }
  | Callout
  | Table
  | Figure;

/** A box that stands out. */
export interface Callout {
  kind: "callout";
  tone: "summary" | "remark" | "warning";
  title: string;
  blocks: readonly Block[];
}

/** A table, with its numbers in full in a CSV file. */
export interface Table {
  kind: "table";
  /** Name of its CSV file, without extension; none for a table that only lays out text. */
  name?: string;
  caption: Text;
  columns: readonly Column[];
  /** One text a column; the first column heads its row. */
  rows: readonly (readonly Text[])[];
  /** How many of the last rows sum up those above. */
  footerRows?: number;
  data?: Data;
}

/** A column of a {@linkcode Table}. */
export interface Column {
  header: Text;
  align?: "left" | "right" | "center";
}

/** A figure, with the numbers behind it in a CSV file. */
export interface Figure {
  kind: "figure";
  /** Name of its files, without extension. */
  name: string;
  caption: Text;
  /** What the figure shows, for who does not see it. */
  alt: string;
  drawing: Drawing;
  data: Data;
}

/** A Vega-Lite chart, a sheet of images, or pictures with a line of text below each. */
export type Drawing =
  | { kind: "chart"; spec: Record<string, unknown> }
  | { kind: "sheet"; images: ImageSet; rows: readonly SheetRow[]; columns: number; size: number }
  | ({ kind: "captioned" } & CaptionedSheet);

/** The rows of a CSV file. Column names are the same in every language. */
export interface Data {
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

/** Every block of a document, those inside callouts included, in order. */
export function* walk(blocks: Iterable<Block>): Generator<Block> {
  for (const block of blocks) {
    yield block;
    if (block.kind === "callout") yield* walk(block.blocks);
  }
}

/** Every block of a note, in order. */
export function* walkNote(note: NoteDocument): Generator<Block> {
  yield* walk(note.lead);
  for (const section of note.sections) yield* walk(section.blocks);
}
