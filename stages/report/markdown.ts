/**
 * A note as GitHub-flavoured Markdown.
 *
 * @module
 */
import type { Block, Callout, Figure, NoteDocument, Section, Table } from "./blocks.ts";
import { escapeMarkdown, type Text, toMarkdown } from "./rich.ts";
import type { Texts } from "./text/texts.ts";

/** What a renderer needs besides the document. */
export interface MarkdownOptions {
  texts: Texts;
  /** Path of each figure's drawing in this language, by the figure's name. */
  figures: ReadonlyMap<string, string>;
  /** The same note in other languages: name of the language and path. */
  others: readonly { title: string; path: string }[];
}

/** Renders a note; the text ends with a newline. */
export function renderMarkdown(note: NoteDocument, options: MarkdownOptions): string {
  const counts = { table: 0, figure: 0 };
  const render = (blocks: readonly Block[]): string[] =>
    blocks.map((block) => renderBlock(block, options, counts, render));
  const languages = options.others.map(({ title, path }) => `[${escapeMarkdown(title)}](${path})`);
  const titles = note.sections.map((section, i) => `${i + 1}. ${section.title}`);
  const parts = [
    `# ${escapeMarkdown(note.title)}`,
    ...(languages.length > 0 ? [languages.join(" · ")] : []),
    ...render(note.lead),
    `**${escapeMarkdown(options.texts.ui.contents)}**`,
    titles.map((title) => `- [${escapeMarkdown(title)}](#${anchor(title)})`).join("\n"),
    ...note.sections.flatMap((section: Section, i) => [
      `## ${escapeHeading(titles[i])}`,
      ...render(section.blocks),
    ]),
  ];
  const anchors = new Map(note.sections.map(({ id }, i) => [id, anchor(titles[i])]));
  // Links to a section go by its number here, as GitHub makes anchors of whole headings.
  return parts.join("\n\n").replace(
    /\]\(#([a-z]+)\)/g,
    (link, id) => anchors.has(id) ? `](#${anchors.get(id)})` : link,
  ) + "\n";
}

function renderBlock(
  block: Block,
  options: MarkdownOptions,
  counts: { table: number; figure: number },
  render: (blocks: readonly Block[]) => string[],
): string {
  const { texts } = options;
  switch (block.kind) {
    case "heading":
      return `### ${toMarkdown(block.text)}`;
    case "paragraph":
      return toMarkdown(block.text);
    case "list":
      return block.items.map((item, i) =>
        `${block.ordered ? `${i + 1}.` : "-"} ${toMarkdown(item)}`
      )
        .join("\n");
    case "math":
      return `$$\n${block.tex}\n$$`;
    case "code":
      return fence(block.syntax, block.text);
    case "definitions":
      return block.items.map(([term, text]) =>
        `- **${toMarkdown(term)}**${texts.ui.colon}${toMarkdown(text)}`
      )
        .join("\n");
    case "author":
      return block.markdown;
    case "measured":
      return `<!-- measured:start -->\n\n${toMarkdown(block.text)}\n\n<!-- measured:end -->`;
    case "callout":
      return quote(block, render);
    case "table":
      return table(block, texts, ++counts.table);
    case "figure":
      return figure(block, options, ++counts.figure);
  }
}

function table(block: Table, texts: Texts, number: number): string {
  const data = block.name === undefined ? "" : ` ([CSV](tables/${block.name}.csv))`;
  const rules = block.columns.map(({ align }) =>
    align === "right" ? "---:" : align === "center" ? ":---:" : "---"
  );
  const rows = [block.columns.map(({ header }) => header), ...block.rows];
  const lines = rows.map((row) => `| ${row.map(toMarkdown).join(" | ")} |`);
  lines.splice(1, 0, `| ${rules.join(" | ")} |`);
  return `**${texts.ui.table(String(number))}** ${toMarkdown(block.caption)}${data}\n\n${
    lines.join("\n")
  }`;
}

function figure(block: Figure, { texts, figures }: MarkdownOptions, number: number): string {
  const path = figures.get(block.name);
  if (path === undefined) throw new Error(`Cannot find the drawing of the figure "${block.name}"`);
  return `![${escapeMarkdown(block.alt)}](${path})\n\n` +
    `**${texts.ui.figure(String(number))}** ${toMarkdown(block.caption)} ` +
    `([CSV](figures/${block.name}.csv))`;
}

/** A callout is a quotation; GitHub's alert marks show nothing elsewhere, so there are none. */
function quote(block: Callout, render: (blocks: readonly Block[]) => string[]): string {
  const text = [`**${escapeMarkdown(block.title)}**`, ...render(block.blocks)].join("\n\n");
  return text.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
}

function fence(syntax: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}${syntax}\n${text.replace(/\n$/, "")}\n${marks}`;
}

/** A heading's anchor as GitHub makes it. */
function anchor(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "").replace(/ /g, "-");
}

function escapeHeading(title: Text): string {
  // A number and a full stop at the start of a heading start no list.
  return toMarkdown(title).replace(/^(\d+)\\\./, "$1.");
}
