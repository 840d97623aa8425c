/**
 * A note as one HTML page that needs nothing else: no network, no script, no font.
 *
 * @module
 */
import type { NoteDocument } from "../blocks.ts";
import type { Texts } from "../text/texts.ts";
import { renderBlocks } from "./blocks.ts";
import { escapeHtml } from "./escape.ts";
import { inlineRenderer } from "./inline.ts";
import { STYLE } from "./style.ts";

/** What a page needs besides the document. */
export interface PageOptions {
  texts: Texts;
  /** Each figure's SVG in this language, by the figure's name. */
  drawings: ReadonlyMap<string, string>;
  /** The same note in other languages. */
  others: readonly { language: string; title: string; path: string }[];
}

/** Renders a note as HTML; the text ends with a newline. */
export async function renderPage(note: NoteDocument, options: PageOptions): Promise<string> {
  const { texts, drawings, others } = options;
  const inline = await inlineRenderer();
  const shared = { texts, inline, drawings, counts: { table: 0, figure: 0 } };
  const lead = renderBlocks(note.lead, shared);
  const sections = note.sections.map((section, i) =>
    `<section id="${escapeHtml(section.id)}">
<h2><span class="number">${i + 1}</span> ${escapeHtml(section.title)}</h2>
${renderBlocks(section.blocks, shared)}
</section>`
  );
  const contents = note.sections.map((section) =>
    `<li><a href="#${escapeHtml(section.id)}">${escapeHtml(section.title)}</a></li>`
  );
  const languages = others.map(({ language, title, path }) =>
    `<a href="${escapeHtml(path)}" lang="${language}" hreflang="${language}">${
      escapeHtml(title)
    }</a>`
  );
  return `<!doctype html>
<html lang="${note.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(note.description)}">
<title>${escapeHtml(note.title)}</title>
<style>
${STYLE.trim()}
</style>
</head>
<body>
<a class="skip" href="#content">${escapeHtml(texts.ui.skip)}</a>
<header>
<p class="kind">${escapeHtml(texts.ui.kind)}${
    languages.length > 0 ? ` <span class="languages">${languages.join(" ")}</span>` : ""
  }</p>
<h1>${escapeHtml(note.title)}</h1>
</header>
<nav aria-labelledby="contents">
<h2 id="contents">${escapeHtml(texts.ui.contents)}</h2>
<ol>
${contents.join("\n")}
</ol>
</nav>
<main id="content">
${lead}
${sections.join("\n")}
</main>
</body>
</html>
`;
}
