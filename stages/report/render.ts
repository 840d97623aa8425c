/**
 * A note's model as files.
 *
 * @module
 */
import { stringifyCsv } from "../../data/formats/csv.ts";
import type { Language } from "../../data/text/language.ts";
import { assemble } from "./assemble.ts";
import { type Data, type Figure, type NoteDocument, walkNote } from "./blocks.ts";
import { drawChart } from "./figures/draw.ts";
import { renderPage } from "./html/page.ts";
import { renderMarkdown } from "./markdown.ts";
import type { NoteModel } from "./model/note.ts";
import { drawCaptionedSheet } from "./pictures/captioned_sheet.ts";
import { drawSheet } from "./pictures/sheet.ts";
import { LANGUAGE_NAMES, TEXTS } from "./text/texts.ts";

/** What {@linkcode renderNote} tells while it works. */
export interface RenderOptions {
  /** Called after each drawing and page. */
  progress?(done: number, total: number): Promise<void>;
}

/**
 * Writes a note in each of its languages: text by path, relative to the note's folder.
 *
 * The first language makes `note.md`, `note.html` and `figures/<name>.svg`; another one its own
 * `note.<lang>.md`, `note.<lang>.html` and, where its words differ, `figures/<name>.<lang>.svg`.
 */
export async function renderNote(
  note: NoteModel,
  { progress }: RenderOptions = {},
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const documents = note.languages.map((language) => assemble(note, language));
  const figures = documents.map((document) =>
    [...walkNote(document)].filter((block): block is Figure => block.kind === "figure")
  );
  const total = figures.flat().length + documents.length;
  let done = 0;
  for (const [i, document] of documents.entries()) {
    const drawings = new Map<string, string>();
    const paths = new Map<string, string>();
    for (const figure of figures[i]) {
      const svg = await draw(figure, document.language);
      drawings.set(figure.name, svg);
      paths.set(figure.name, place(figure.name, svg, document.language, files));
      await progress?.(++done, total);
    }
    await writePages(note, document, drawings, paths, files);
    await progress?.(++done, total);
  }
  await writeData(documents[0], files);
  return files;
}

function draw({ name, drawing }: Figure, language: Language): Promise<string> {
  if (drawing.kind === "chart") return drawChart(drawing.spec, { name, language });
  if (drawing.kind === "captioned") return drawCaptionedSheet(drawing);
  const { images, rows, columns, size } = drawing;
  return drawSheet(images, rows, { columns, size });
}

/** Path of a drawing: the shared one where the first language draws the same. */
function place(
  name: string,
  svg: string,
  language: Language,
  files: Map<string, string>,
): string {
  const shared = `figures/${name}.svg`;
  const existing = files.get(shared);
  const path = existing === undefined || existing === svg
    ? shared
    : `figures/${name}.${language}.svg`;
  files.set(path, svg);
  return path;
}

async function writePages(
  note: NoteModel,
  document: NoteDocument,
  drawings: ReadonlyMap<string, string>,
  figures: ReadonlyMap<string, string>,
  files: Map<string, string>,
): Promise<void> {
  const { language } = document;
  const pathOf = (other: Language, extension: string) =>
    other === note.languages[0] ? `note.${extension}` : `note.${other}.${extension}`;
  const others = (extension: string) =>
    note.languages.filter((other) => other !== language).map((other) => ({
      language: other,
      title: LANGUAGE_NAMES[other],
      path: pathOf(other, extension),
    }));
  const texts = TEXTS[language];
  files.set(
    pathOf(language, "md"),
    renderMarkdown(document, { texts, figures, others: others("md") }),
  );
  files.set(
    pathOf(language, "html"),
    await renderPage(document, { texts, drawings, others: others("html") }),
  );
}

/** The numbers behind tables and figures, which are the same in every language. */
async function writeData(document: NoteDocument, files: Map<string, string>): Promise<void> {
  for (const block of walkNote(document)) {
    if (block.kind === "figure") {
      files.set(`figures/${block.name}.csv`, await toCsv(block.data));
    } else if (block.kind === "table" && block.name !== undefined && block.data !== undefined) {
      files.set(`tables/${block.name}.csv`, await toCsv(block.data));
    }
  }
}

function toCsv({ columns, rows }: Data): Promise<string> {
  return stringifyCsv(columns, rows);
}
