/**
 * Gathers the problems of one study and gives them their lines.
 *
 * @module
 */
import { type Problem, StudyError } from "./study_error.ts";
import type { At, Tree } from "./tree.ts";

/** Where the text of a study comes from. */
export interface Source {
  /** Path as it was given, for messages. */
  readonly file: string;
  readonly text: string;
  /** Line and column, from 1, of an offset in UTF-16 units. */
  position(offset: number): { line: number; column: number };
}

/** What {@linkcode Problems.add} may be told besides the message. */
export interface ProblemDetails {
  /** Where to point instead of the start of the tree. */
  at?: At;
  /** Path to show instead of the tree's. */
  path?: string;
  value?: unknown;
  hint?: string;
}

/** The problems found so far in one study. The same problem at the same place counts once. */
export class Problems {
  readonly #source: Source;
  readonly #found = new Map<string, { at: At; problem: Problem }>();

  constructor(source: Source) {
    this.#source = source;
  }

  /** Number of problems so far. */
  get size(): number {
    return this.#found.size;
  }

  /** Notes a problem at a tree. */
  add(tree: Tree, message: string, details: ProblemDetails = {}): void {
    const { at = tree.at, path = tree.path, ...rest } = details;
    this.addAt(at, path, message, rest);
  }

  /** Notes a problem at a place that has no tree. */
  addAt(
    at: At | undefined,
    path: string,
    message: string,
    { value, hint }: { value?: unknown; hint?: string } = {},
  ): void {
    const problem: Problem = { file: this.#source.file, path, message };
    if (typeof at === "number") Object.assign(problem, this.#source.position(at));
    if (typeof at === "string") problem.option = at;
    if (value !== undefined) problem.value = value;
    if (hint !== undefined) problem.hint = hint;
    const key = JSON.stringify([at, path, message]);
    if (!this.#found.has(key)) this.#found.set(key, { at: at ?? -1, problem });
  }

  /** @throws {StudyError} with every problem, if there is one. */
  throwIfAny(): void {
    if (this.#found.size === 0) return;
    const rank = (at: At) => typeof at === "number" ? at : Number.MAX_SAFE_INTEGER;
    const sorted = [...this.#found.values()].sort((a, b) => rank(a.at) - rank(b.at));
    throw new StudyError(sorted.map(({ problem }) => problem));
  }
}

/** A value as a message shows it: short, strings in quotes. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "nothing (null)";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);
}
