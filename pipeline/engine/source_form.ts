/**
 * The form of a source file in which comments, types and layout make no difference.
 *
 * Types are erased, the rest is parsed (ECMAScript, ESTree); the form is the syntax tree without
 * places. Two files with the same form compute the same, so a step's key holds the form and not the
 * text. (Source printed anew from the tree would be shorter, but a printer that forgets a
 * parenthesis or an option gives two programs one form.)
 *
 * @module
 */
import { stripTypeScriptTypes } from "node:module";
import { parse } from "acorn";
import { canonicalJson } from "../canonical.ts";

/**
 * The canonical form of a source file.
 *
 * @param path Names the file in errors; its ending says what it is: `.ts`, `.js`, `.mjs`, `.json`.
 * Any other file is returned as it is.
 * @throws {SyntaxError} if the file cannot be parsed, or imports a module that only a run can name.
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
    return JSON.stringify(tree, (name, value) => {
      // Packages load without a permission, so only this keeps one from escaping its key.
      if (isComputedImport(value) && !LOADS_STEP.test(path)) {
        throw new SyntaxError("an import() must name its module in quotes, for its key to hold it");
      }
      return withoutPlace(name, value);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(`Cannot parse ${path}: ${reason}`);
  }
}

/** The one module that imports what its task names, which the closure holds as well. */
const LOADS_STEP = /(^|\/)engine\/node_main\.ts$/;

function isComputedImport(value: unknown): boolean {
  const { type, source } = (value ?? {}) as { type?: unknown; source?: { type: string } };
  return type === "ImportExpression" && source?.type !== "Literal";
}

/** Drops where a node stands; what JSON cannot write is in the node's `raw`, `bigint` or `regex`. */
function withoutPlace(name: string, value: unknown): unknown {
  if (name === "start" || name === "end") return undefined;
  return typeof value === "bigint" ? String(value) : value;
}
