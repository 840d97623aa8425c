/**
 * Checks the texts of a study: what they cite must exist, and they write no numbers themselves.
 *
 * @module
 */
import type { Problems, Source } from "./problems.ts";
import type { MapTree, ScalarTree, Tree } from "./tree.ts";

/** How texts are checked; the rules of the notes' language, given by who knows them. */
export interface TextRules {
  /**
   * Everything wrong with a text, each with its offset in UTF-16 units.
   *
   * @param known Names that the text may cite.
   */
  checkText(text: string, known: ReadonlySet<string>): readonly TextProblem[];
}

/** Something wrong with a text. */
export interface TextProblem {
  start: number;
  message: string;
}

/**
 * Notes each problem of the study's prose: `question`, everything under `text`, and every value
 * under a key `text` in a section of a stage or of a model.
 */
export function checkTexts(
  root: MapTree,
  source: Source,
  rules: TextRules,
  known: ReadonlySet<string>,
  problems: Problems,
): void {
  for (const text of proseOf(root)) {
    for (const { start, message } of rules.checkText(String(text.value), known)) {
      const at = typeof text.at === "number" ? offsetInSource(text, start, source.text) : text.at;
      problems.add(text, message, { at });
    }
  }
}

/** Whether the study has any prose to check. */
export function hasProse(root: MapTree): boolean {
  return proseOf(root).next().done !== true;
}

function* proseOf(root: MapTree): Generator<ScalarTree> {
  for (const [key, value] of root.entries) {
    if (key === "question" || key === "text") yield* strings(value);
    else yield* textsBelow(value);
  }
}

function* textsBelow(tree: Tree): Generator<ScalarTree> {
  if (tree.kind === "list") { for (const item of tree.items) yield* textsBelow(item); }
  if (tree.kind !== "map") return;
  for (const [key, value] of tree.entries) {
    if (key === "text") yield* strings(value);
    else yield* textsBelow(value);
  }
}

function* strings(tree: Tree): Generator<ScalarTree> {
  if (tree.kind === "scalar") {
    if (typeof tree.value === "string") yield tree;
    return;
  }
  for (const value of tree.kind === "list" ? tree.items : tree.entries.values()) {
    yield* strings(value);
  }
}

/**
 * Where in the file the character of a text stands. The file may fold lines, indent them and
 * quote the text; where it also escapes characters, the text's own start is the answer.
 */
export function offsetInSource(text: ScalarTree, offset: number, source: string): number {
  const value = String(text.value);
  const from = text.at as number;
  const end = text.end as number;
  let at = from;
  // A block's header (| or >) or an opening quote is no part of the text.
  if (source[at] === "|" || source[at] === ">") {
    at = source.indexOf("\n", at) + 1;
    if (at === 0) return from;
  } else if (source[at] === '"' || source[at] === "'") at++;
  for (let i = 0; i <= offset; i++) {
    if (/\s/.test(value[i])) {
      if (i === offset) return at;
      if (/\s/.test(source[at] ?? "")) at++;
      continue;
    }
    while (at < end && source[at] !== value[i] && /\s/.test(source[at])) at++;
    if (at >= end || source[at] !== value[i]) return from;
    if (i === offset) return at;
    at++;
  }
  return from;
}
