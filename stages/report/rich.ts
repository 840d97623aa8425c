/**
 * Inline text of a note: Markdown whose inserted data cannot act as markup.
 *
 * A plain string is data (a class name, a file name) and is escaped by whoever renders it; markup
 * is made by the {@linkcode rich} template alone, which escapes each plain string that is inserted.
 *
 * @module
 */

/** Inline Markdown, with mathematics between dollars. */
export interface Rich {
  readonly markdown: string;
}

/** Inline text: a plain string stands for itself, whatever characters it has. */
export type Text = string | Rich;

/**
 * Template of inline Markdown; inserted plain strings are escaped, inserted {@linkcode Rich} is kept.
 *
 * @example
 * ```ts
 * import { rich } from "./rich.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(rich`the class **${"a|b"}**`.markdown, "the class **a\\|b**");
 * ```
 */
export function rich(literals: TemplateStringsArray, ...inserted: Text[]): Rich {
  let markdown = literals.raw[0];
  inserted.forEach((text, i) => markdown += toMarkdown(text) + literals.raw[i + 1]);
  return { markdown };
}

/** Inline Markdown of a text. */
export function toMarkdown(text: Text): string {
  return typeof text === "string" ? escapeMarkdown(text) : text.markdown;
}

/** A text in a monospaced font, whatever backticks it has. */
export function code(text: string): Rich {
  const plain = oneLine(text);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || plain.trim() === "" ? " " : "";
  // A cell of a table ends at a pipe even inside a code span, so one with a pipe is escaped text.
  return plain.includes("|")
    ? { markdown: escapeMarkdown(plain) }
    : { markdown: fence + pad + plain + pad + fence };
}

/** A text in bold. */
export function strong(text: Text): Rich {
  return { markdown: `**${toMarkdown(text)}**` };
}

/** A link to an address that may be written by anyone: other schemes than http(s) are left as text. */
export function link(text: Text, url: string): Rich {
  if (!/^https?:\/\/[^\s<>]+$/.test(url)) return { markdown: toMarkdown(text) };
  return { markdown: `[${toMarkdown(text)}](<${url}>)` };
}

/** Mathematics in TeX, inline. */
export function math(tex: string): Rich {
  return { markdown: `$${tex}$` };
}

/** Texts one after the other, with a separator. */
export function join(texts: readonly Text[], separator: string): Rich {
  return { markdown: texts.map(toMarkdown).join(separator) };
}

/** Backslash before every character that could start markup; line breaks become spaces. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|$~&!]/g, "\\$&")
    .replace(/^([+-]|\d+[.)])(?=\s|$)/, (mark) => mark.slice(0, -1) + "\\" + mark.slice(-1));
}

/** Line breaks and control characters as spaces: data never leaves its line. */
function oneLine(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what is looked for.
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ");
}
