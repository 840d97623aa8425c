/**
 * An author's text of a study, made ready for a note: values in place, markup confined to inline
 * marks, lists, quotations and mathematics, typography of its language.
 *
 * @module
 */
import { type CitedValue, resolve } from "../../data/text/citations.ts";
import type { Language } from "../../data/text/language.ts";
import { escapeMarkdown } from "./rich.ts";
import { frenchSpaces } from "./text/typography.ts";

/**
 * Markdown of an author's text with its citations resolved.
 *
 * @throws {RangeError} if the text has a bare digit, a dangling citation or an unknown format.
 */
export function authorMarkdown(
  text: string,
  values: ReadonlyMap<string, CitedValue>,
  language: Language,
): string {
  const resolved = resolve(text.trim(), values, language, escapeMarkdown);
  const confined = outsideOpaque(resolved, (plain) =>
    plain
      .replace(/(\\*)<(?=[a-z/!?])(?!https?:)/gi, (_, slashes) => `${escaped(slashes)}<`)
      // An image would be fetched from elsewhere.
      .replace(/(\\*)!(?=\[)/g, (_, slashes) => `${escaped(slashes)}!`))
    // A heading would break the note's outline.
    .replace(/^( {0,3})(#{1,6}(?=\s|$)|(?:=+|-+)[ \t]*$)/gm, "$1\\$2");
  return language === "fr" ? outsideOpaque(confined, frenchSpaces) : confined;
}

/** Backslashes before a character, one more where they leave it as it is. */
function escaped(slashes: string): string {
  return slashes.length % 2 === 0 ? `${slashes}\\` : slashes;
}

/** Applies a change to what is neither code, mathematics, a link's target nor an autolink. */
function outsideOpaque(text: string, change: (plain: string) => string): string {
  const opaque =
    /(`+)(?!`)[\s\S]+?(?<!`)\1(?!`)|\$\$[\s\S]+?\$\$|\$(?:\\.|[^$\\\n])+?\$|(?<=\])\([^()\s]*\)|<https?:[^>\s]*>/g;
  let out = "";
  let from = 0;
  for (const match of text.matchAll(opaque)) {
    out += change(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return out + change(text.slice(from));
}
