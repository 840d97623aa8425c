/**
 * French typography: no-break spaces before high punctuation and inside guillemets, and curly
 * apostrophes. *Lexique des règles typographiques en usage à l'Imprimerie nationale*, 2002.
 *
 * @module
 */
import { NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE } from "../../../data/text/numbers.ts";
import { type Rich, rich, type Text, toMarkdown } from "../rich.ts";

/** Puts the spaces and apostrophes of a French text right. */
export function frenchSpaces(text: string): string {
  return text
    .replace(/(?<=\p{L})'(?=\p{L}|[«$`*_{[])/gu, "’")
    .replace(/ (?=:(?:\s|$))/g, NO_BREAK_SPACE)
    .replace(/ (?=[;!?](?:[\s)*_]|$))/g, NARROW_NO_BREAK_SPACE)
    .replace(/ (?=%)/g, NO_BREAK_SPACE)
    .replace(/« /g, `«${NO_BREAK_SPACE}`)
    .replace(/ »/g, `${NO_BREAK_SPACE}»`);
}

/** {@linkcode rich} for French: its literal parts get the spaces of French typography. */
export function fr(literals: TemplateStringsArray, ...inserted: Text[]): Rich {
  const raw = literals.raw.map(outsideMath);
  return rich(Object.assign([...raw], { raw }) as unknown as TemplateStringsArray, ...inserted);
}

/** A plain French text with the spaces of French typography. */
export function plain(text: string): string {
  return frenchSpaces(text);
}

/** `de Lion`, `d’Adam`: the preposition before a name. An initial h is taken as sounded. */
export function of<T extends Text>(name: T): T {
  const word = /^[^\p{L}\p{N}]*[aeiouyàâäéèêëîïôöùûü]/iu.test(toMarkdown(name)) ? "d’" : "de ";
  return (typeof name === "string" ? word + name : rich`${word}${name}`) as T;
}

function outsideMath(literal: string): string {
  return literal.split(/(\$[^$]+\$|`[^`]+`|\]\([^)]*\))/).map((part, i) =>
    i % 2 === 0 ? frenchSpaces(part) : part
  ).join("");
}
