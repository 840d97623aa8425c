/**
 * Blocks of a note as HTML.
 *
 * @module
 */
import type { Block, Column, Figure, Table } from "../blocks.ts";
import type { Texts } from "../text/texts.ts";
import { escapeHtml } from "./escape.ts";
import type { InlineRenderer } from "./inline.ts";

/** Columns from which on a table is set smaller, so that it fits beside the contents. */
const MOST_ROOMY = 8;

/** What the blocks of one page share. */
export interface BlockOptions {
  texts: Texts;
  inline: InlineRenderer;
  /** Each figure's SVG in this language, by the figure's name. */
  drawings: ReadonlyMap<string, string>;
  /** Numbers given so far. */
  counts: { table: number; figure: number };
}

/** Renders blocks in order. */
export function renderBlocks(blocks: readonly Block[], options: BlockOptions): string {
  return blocks.map((block) => renderBlock(block, options)).join("\n");
}

function renderBlock(block: Block, options: BlockOptions): string {
  const { inline, texts } = options;
  switch (block.kind) {
    case "heading":
      return `<h3 id="${escapeHtml(block.id)}">${inline.inline(block.text)}</h3>`;
    case "paragraph":
      return `<p>${inline.inline(block.text)}</p>`;
    case "list": {
      const tag = block.ordered ? "ol" : "ul";
      return `<${tag}>\n${
        block.items.map((item) => `<li>${inline.inline(item)}</li>`).join("\n")
      }\n</${tag}>`;
    }
    case "math":
      return scrollable("formula", texts.ui.formula, inline.display(block.tex));
    case "code":
      return scrollable("code", texts.ui.code, `<pre><code>${escapeHtml(block.text)}</code></pre>`);
    case "definitions":
      return `<dl>\n${
        block.items.map(([term, text]) =>
          `<div><dt>${inline.inline(term)}</dt><dd>${inline.inline(text)}</dd></div>`
        ).join("\n")
      }\n</dl>`;
    case "author":
      return inline.blocks(block.markdown);
    case "measured":
      return `<!-- measured:start -->\n<p>${inline.inline(block.text)}</p>\n<!-- measured:end -->`;
    case "callout":
      return `<div class="callout ${block.tone}">\n<p class="callout-title">${
        escapeHtml(block.title)
      }</p>\n${renderBlocks(block.blocks, options)}\n</div>`;
    case "table":
      return renderTable(block, options);
    case "figure":
      return renderFigure(block, options);
  }
}

function renderTable(table: Table, { inline, texts, counts }: BlockOptions): string {
  const number = texts.ui.table(String(++counts.table));
  const id = `table-${counts.table}`;
  const data = table.name === undefined
    ? ""
    : ` <a class="data" href="tables/${encodeURIComponent(table.name)}.csv">CSV</a>`;
  const head = table.columns.map((column) =>
    `<th scope="col"${classOf(column)}>${inline.inline(column.header)}</th>`
  );
  const body = table.rows.map((row) => {
    const cells = row.map((cell, i) => {
      const html = inline.inline(cell);
      return i === 0
        ? `<th scope="row"${classOf(table.columns[i])}>${html}</th>`
        : `<td${classOf(table.columns[i])}>${html}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const footer = body.splice(body.length - (table.footerRows ?? 0));
  const foot = footer.length > 0 ? `\n<tfoot>\n${footer.join("\n")}\n</tfoot>` : "";
  const wide = table.columns.length > MOST_ROOMY ? " wide" : "";
  return `<div class="table">
<p class="caption" id="${id}"><span class="number">${escapeHtml(number)}</span> ${
    inline.inline(table.caption)
  }${data}</p>
<div class="scroll${wide}" role="region" tabindex="0" aria-labelledby="${id}">
<table${wide && ' class="wide"'} aria-labelledby="${id}">
<thead>
<tr>${head.join("")}</tr>
</thead>
<tbody>
${body.join("\n")}
</tbody>${foot}
</table>
</div>
</div>`;
}

function classOf(column: Column): string {
  return column.align === undefined || column.align === "left" ? "" : ` class="${column.align}"`;
}

function renderFigure(figure: Figure, { inline, texts, drawings, counts }: BlockOptions): string {
  const number = texts.ui.figure(String(++counts.figure));
  const svg = drawings.get(figure.name);
  if (svg === undefined) throw new Error(`Cannot find the drawing of the figure "${figure.name}"`);
  const drawing = svg.replace(
    /^<svg\b/,
    () => `<svg role="img" aria-label="${escapeHtml(figure.alt)}"`,
  )
    .trimEnd();
  return `<figure id="figure-${escapeHtml(figure.name)}">
<div class="drawing" role="group" tabindex="0" aria-label="${escapeHtml(number)}">
${drawing}
</div>
<figcaption><span class="number">${escapeHtml(number)}</span> ${inline.inline(figure.caption)} ` +
    `<a class="data" href="figures/${encodeURIComponent(figure.name)}.csv">CSV</a></figcaption>
</figure>`;
}

function scrollable(name: string, label: string, html: string): string {
  return `<div class="${name}" role="group" tabindex="0" aria-label="${
    escapeHtml(label)
  }">${html}</div>`;
}
