/**
 * A list of texts as a Vega expression. Everything but plain ASCII is escaped, as the grammar of
 * expressions is older than JSON's.
 */
export function expressionList(texts: readonly string[]): string {
  return JSON.stringify(texts).replace(
    /[^ -;=?-~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
