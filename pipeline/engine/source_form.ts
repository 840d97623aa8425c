/**
 * The form of a source file in which comments, types and layout make no difference.
 *
 * Types are erased, the rest is parsed (ECMAScript, ESTree) and printed anew from the tree. Two
 * files with the same form compute the same, so a step's key holds the form and not the text.
 *
 * @module
 */
import { stripTypeScriptTypes } from "node:module";
import { parse } from "acorn";
import { generate } from "astring";
import { canonicalJson } from "../canonical.ts";

/**
 * Prints a source file in its canonical form.
 *
 * @param path Names the file in errors; its ending says what it is: `.ts`, `.js`, `.mjs`, `.json`.
 * Any other file is returned as it is.
 * @throws {SyntaxError} if the file cannot be parsed.
 */
export function canonicalSource(path: string, text: string): string {
  if (path.endsWith(".json")) return canonicalJson(JSON.parse(text));
  if (!/\.(ts|mts|js|mjs)$/.test(path)) return text;
  try {
    const script = /\.m?ts$/.test(path) ? stripTypeScriptTypes(text) : text;
    const tree = parse(script, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowHashBang: true,
    });
    return generate(tree);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(`Cannot parse ${path}: ${reason}`);
  }
}
