/**
 * A list of texts as a Vega expression. Everything but plain ASCII is escaped, as the grammar of
 * expressions is older than JSON's; and each text is put together of two, as Vega takes a literal
 * such as `"constructor"` for something to look up.
 */
export function expressionList(texts: readonly string[]): string {
  const literal = (text: string) =>
    JSON.stringify(text).replace(
      /[^ -;=?-~]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  return `[${texts.map((text) => `${literal(text.slice(0, 1))}+${literal(text.slice(1))}`)}]`;
}
