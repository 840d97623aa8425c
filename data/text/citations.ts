/**
 * Citations of values in an author's text.
 *
 * A study's texts cite what was computed, `{adamw.accuracy}`, and never write a digit themselves,
 * so a text cannot contradict the tables beside it. A format may follow a colon:
 * `{adamw.accuracy:percent}`.
 *
 * Mathematics between dollars (`$\beta_1 = 0.9$`), the targets of links and `\{`, `\}`, `\$` are
 * left alone. A digit in a word that starts with a letter belongs to a name: F1, L2, ResNet-50.
 *
 * @module
 */
import type { Language } from "./language.ts";
import { formatNumber, NUMBER_FORMATS, type NumberFormat } from "./numbers.ts";

/** One citation as it stands in a text. */
export interface Citation {
  /** What is cited, `adamw.accuracy`. */
  name: string;
  /** What follows the colon; `undefined` without one. */
  format: string | undefined;
  /** Offset of the opening brace, in UTF-16 units. */
  start: number;
  /** Offset after the closing brace. */
  end: number;
}

/** A digit that the author wrote. */
export interface BareDigits {
  /** The digits, with what belongs to the number: `0.84`. */
  digits: string;
  /** Offset of the first digit, in UTF-16 units. */
  start: number;
}

/** Something that is wrong with a text. */
export interface TextProblem {
  /** Offset in the text, in UTF-16 units. */
  start: number;
  /** What is wrong, with the value and what to do. */
  message: string;
}

/** A value that texts may cite; `null` is one that came to nothing, such as an epoch never reached. */
export type CitedValue = number | string | null;

/**
 * Finds the citations of a text, in order.
 *
 * @example
 * ```ts
 * import { findCitations } from "./citations.ts";
 * import assert from "node:assert/strict";
 *
 * const [citation] = findCitations("AdamW reaches {adamw.accuracy:percent}.");
 * assert.equal(citation.name, "adamw.accuracy");
 * assert.equal(citation.format, "percent");
 * ```
 */
export function findCitations(text: string): Citation[] {
  const plain = blankOut(text);
  return [...plain.matchAll(CITATION)].map((match) => {
    const inside = text.slice(match.index + 1, match.index + match[0].length - 1);
    const colon = inside.lastIndexOf(":");
    return {
      name: (colon < 0 ? inside : inside.slice(0, colon)).trim(),
      format: colon < 0 ? undefined : inside.slice(colon + 1).trim(),
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

/** Finds the digits that stand in a text outside names, mathematics, link targets and citations. */
export function findBareDigits(text: string): BareDigits[] {
  const plain = blankOut(text).replace(CITATION, blank).replace(NAME, blank);
  return [...plain.matchAll(NUMBER)].map((match) => ({ digits: match[0], start: match.index }));
}

/**
 * Everything wrong with a text, in order of place: bare digits, braces that do not pair, unknown
 * formats and, where `known` is given, names that are not in it.
 */
export function checkText(text: string, known?: ReadonlySet<string>): TextProblem[] {
  const problems: TextProblem[] = findBareDigits(text).map(({ digits, start }) => ({
    start,
    message: `Cannot accept the number ${JSON.stringify(digits)} in a text: ` +
      "cite a value in braces, such as {adamw.accuracy}, or write it in words",
  }));
  for (const { name, format, start } of findCitations(text)) {
    if (known !== undefined && !known.has(name)) {
      const near = nearest(name, known);
      problems.push({
        start,
        message: `Cannot find the cited value ${JSON.stringify(name)}` +
          (near.length > 0 ? `: did you mean ${near.map((n) => `{${n}}`).join(" or ")}?` : ""),
      });
    }
    if (format !== undefined && !isNumberFormat(format)) {
      problems.push({
        start,
        message: `Cannot write {${name}} in the format ${JSON.stringify(format)}: ` +
          `the formats are ${NUMBER_FORMATS.join(", ")}`,
      });
    }
  }
  const rest = blankOut(text).replace(CITATION, blank);
  for (const match of rest.matchAll(/[{}]/g)) {
    problems.push({
      start: match.index,
      message: `Cannot pair the brace ${JSON.stringify(match[0])}: ` +
        "a citation is {name} on one line; write \\{ or \\} for the character itself",
    });
  }
  return problems.sort((a, b) => a.start - b.start);
}

/**
 * Replaces each citation by its value as the language writes it. Without a format a number is
 * written as {@linkcode NumberFormat} `number`, a string as it is, and `null` as a dash.
 *
 * @throws {RangeError} if the text has a problem that {@linkcode checkText} finds, or cites a string with a
 * number's format.
 *
 * @example
 * ```ts
 * import { resolve } from "./citations.ts";
 * import assert from "node:assert/strict";
 *
 * const values = new Map([["adamw.accuracy", 0.8431]]);
 * assert.equal(resolve("AdamW: {adamw.accuracy:percent}", values, "en"), "AdamW: 84.3%");
 * ```
 */
export function resolve(
  text: string,
  values: ReadonlyMap<string, CitedValue>,
  language: Language,
  write: (value: string) => string = (value) => value,
): string {
  const [problem] = checkText(text, new Set(values.keys()));
  if (problem !== undefined) throw new RangeError(`${problem.message} (in ${quote(text)})`);
  let out = "";
  let from = 0;
  for (const { name, format, start, end } of findCitations(text)) {
    const value = values.get(name)!;
    if (typeof value === "string" && format !== undefined) {
      throw new RangeError(
        `Cannot write {${name}} in the format "${format}" as it is a text: ${quote(value)}`,
      );
    }
    const written = value === null
      ? "–"
      : typeof value === "string"
      ? value
      : formatNumber(value, (format ?? "number") as NumberFormat, language);
    out += text.slice(from, start) + write(written);
    from = end;
  }
  return (out + text.slice(from)).replace(/\\([{}])/g, "$1");
}

const CITATION = /\{[^{}\n]*[^{}\s][^{}\n]*\}/g;
/** A word that starts with a letter; one hyphen may stand before its digits (ResNet-50). */
const NAME = /\p{L}[\p{L}\p{M}\p{N}_]*(?:-\p{N}[\p{L}\p{M}\p{N}_]*)?/gu;
const NUMBER = /\p{N}[\p{N}.,]*(?<=\p{N})/gu;
/** Mathematics (not across a blank line), link targets, autolinks and escapes. */
const OPAQUE =
  /\\[{}$\\]|\$\$(?:\\.|[^$\\])+?\$\$|\$(?:\\.|[^$\\\n]|\n(?!\s*\n))+?\$|(?<=\])\([^()\s]*\)|<https?:[^>\s]*>/g;

/** The text with everything opaque replaced by as many spaces, so that offsets stay. */
function blankOut(text: string): string {
  return text.replace(OPAQUE, blank);
}

function blank(match: string): string {
  return " ".repeat(match.length);
}

function isNumberFormat(format: string): format is NumberFormat {
  return (NUMBER_FORMATS as readonly string[]).includes(format);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

/** Up to two names that share the most leading and trailing characters with `name`. */
function nearest(name: string, known: ReadonlySet<string>): string[] {
  const scored = [...known].map((candidate) => ({ candidate, score: affinity(name, candidate) }));
  return scored.filter(({ score }) => score >= 0.6)
    .sort((a, b) => b.score - a.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 2).map(({ candidate }) => candidate);
}

function affinity(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return (head + tail) / Math.max(a.length, b.length, 1);
}
