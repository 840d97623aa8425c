/**
 * YAML text to a {@linkcode Tree}, refusing what a study file has no use for.
 *
 * @module
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from "yaml";
import { Problems, type Source } from "./problems.ts";
import { type At, joinPath, type Tree } from "./tree.ts";

/** More values than this, aliases written out, is a bomb rather than a study. */
const MAX_VALUES = 50_000;
/** Deeper nesting than this is no study, and would exhaust the stack. */
const MAX_DEPTH = 64;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Whether a key would reach an object's prototype in careless code: no study needs it. */
export function isForbiddenKey(name: string): boolean {
  return FORBIDDEN_KEYS.has(name);
}

/** The source of a text; positions are found by the line starts that the parser counts. */
export interface YamlResult {
  source: Source;
  /** `undefined` for an empty text. */
  tree: Tree | undefined;
}

/**
 * Parses YAML 1.2 (core schema) and notes each problem: bad syntax, a duplicate or forbidden key,
 * an unknown tag, aliases that write out to more than 50,000 values, a number that is not finite
 * or that no double holds.
 *
 * @param file Path for messages.
 * @param text The YAML.
 * @param option The command-line option that the text comes from; its problems and values then
 * point at the option instead of at a line.
 * @throws {StudyError} with every problem.
 */
export function parseYaml(
  file: string,
  text: string,
  { option, path = "" }: { option?: string; path?: string } = {},
): YamlResult {
  const lineCounter = new LineCounter();
  const source: Source = {
    file,
    text,
    position(offset) {
      const { line, col } = lineCounter.linePos(offset);
      return { line: Math.max(1, line), column: Math.max(1, col) };
    },
  };
  const problems = new Problems(source);
  const at = (offset: number): At => option ?? offset;

  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    // Own check below: this one compares every key with every other.
    uniqueKeys: false,
    // "silent" would also silence a second document.
    logLevel: "error",
    version: "1.2",
    schema: "core",
  });
  const overflow = document.errors.find(({ message }) => message.includes("call stack"));
  if (overflow !== undefined) {
    problems.addAt(at(overflow.pos[0]), path, `nested deeper than ${MAX_DEPTH} levels`);
    problems.throwIfAny();
  }
  for (const { message, hint, offset } of syntaxErrors(document)) {
    problems.addAt(at(offset), path, message, hint ? { hint } : {});
  }
  problems.throwIfAny();

  const reader = new TreeReader(problems, at);
  const tree = document.contents === null
    ? undefined
    : reader.read(document.contents, path, undefined, 0);
  problems.throwIfAny();
  return { source, tree };
}

/** What is wrong with a text, in the words of those who write study files. */
function* syntaxErrors(document: Pick<Document, "errors" | "warnings">) {
  const all = [...document.errors, ...document.warnings];
  const offsets = (code: string) =>
    new Set(all.flatMap((error) => error.code === code ? [error.pos[0]] : []));
  const nested = offsets("BLOCK_AS_IMPLICIT_KEY");
  const multiline = offsets("MULTILINE_IMPLICIT_KEY");
  for (const { code, message, pos: [offset] } of all) {
    if (code === "BLOCK_AS_IMPLICIT_KEY") {
      yield multiline.has(offset)
        ? {
          offset,
          message: "this value goes on in deeper lines that are keys",
          hint: "indent the keys of one map alike",
        }
        : {
          offset,
          message: "a second key on one line",
          hint: "put a text that holds a colon in quotes",
        };
    } else if (code === "MULTILINE_IMPLICIT_KEY") {
      if (nested.has(offset)) continue;
      yield { offset, message: "this line is no key with its value", hint: COLON };
    } else if (message.startsWith("Implicit map keys need")) {
      yield { offset, message: "a key without a value", hint: COLON };
    } else if (code === "MULTIPLE_DOCS") {
      const hint = "keep one document: remove the line `---`";
      yield { offset, message: "the file holds a second document", hint };
    } else {
      yield { offset, message: message.trimEnd(), hint: HINTS[code] };
    }
  }
}

const COLON = "write `key: value`, with a space after the colon";

const HINTS: Readonly<Record<string, string | undefined>> = {
  TAB_AS_INDENT: "indent with spaces",
  BAD_SCALAR_START: "put it in quotes",
};

/** Reads the parser's nodes into trees. */
class TreeReader {
  readonly #problems: Problems;
  readonly #at: (offset: number) => At;
  readonly #anchors = new Map<string, Node>();
  #values = 0;
  #insideAlias = 0;

  constructor(problems: Problems, at: (offset: number) => At) {
    this.#problems = problems;
    this.#at = at;
  }

  read(node: unknown, path: string, keyAt: At | undefined, depth: number): Tree {
    const start = this.#at((node as Node | null)?.range?.[0] ?? 0);
    const place = { path, at: start, keyAt: keyAt ?? start };
    const nothing: Tree = { kind: "scalar", value: null, end: start, ...place };
    if (++this.#values > MAX_VALUES) {
      return this.#stop(start, path, `more than ${MAX_VALUES} values`) ?? nothing;
    }
    if (depth > MAX_DEPTH) {
      return this.#stop(start, path, `nested deeper than ${MAX_DEPTH} levels`) ?? nothing;
    }
    if (isAlias(node)) return this.#alias(node.source, place, depth) ?? nothing;
    // What an alias writes out again defines nothing.
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (anchor !== undefined && this.#insideAlias === 0) this.#anchors.set(anchor, node as Node);
    if (isMap(node)) {
      const entries = new Map<string, Tree>();
      for (const { key, value } of node.items) {
        const keyStart = this.#at((key as Node | null)?.range?.[0] ?? node.range?.[0] ?? 0);
        const name = this.#key(key, keyStart, path);
        if (name === undefined) continue;
        const below = joinPath(path, name);
        if (entries.has(name)) {
          this.#problems.addAt(keyStart, below, "the key stands here a second time", {
            hint: "keep one of them",
          });
          continue;
        }
        // An empty value has no node with a place of its own.
        const empty: Tree = {
          kind: "scalar",
          value: null,
          path: below,
          at: keyStart,
          keyAt: keyStart,
          end: keyStart,
        };
        entries.set(name, value === null ? empty : this.read(value, below, keyStart, depth + 1));
      }
      return { kind: "map", entries, ...place };
    }
    if (isSeq(node)) {
      const items = node.items.map((item, i) =>
        this.read(item, joinPath(path, i), undefined, depth + 1)
      );
      return { kind: "list", items, ...place };
    }
    if (!isScalar(node)) return nothing;
    return { kind: "scalar", value: this.#scalar(node, start, path), ...this.#end(node, place) };
  }

  /** Notes that a limit is passed, once, and lets everything further be nothing. */
  #stop(at: At, path: string, message: string): undefined {
    if (this.#values === Infinity) return;
    this.#values = Infinity;
    const [section] = path.split(/[.[]/, 1);
    this.#problems.addAt(at, section, message, { hint: "aliases count as what they stand for" });
  }

  /** An anchor that contains its own alias ends at the limits of depth and number. */
  #alias(name: string, place: { path: string; at: At; keyAt: At }, depth: number) {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      this.#problems.addAt(place.at, place.path, `unknown alias *${name}`, {
        hint: "its anchor must stand before it; quote a text that starts with *",
      });
      return undefined;
    }
    this.#insideAlias++;
    const tree = this.read(target, place.path, place.keyAt, depth + 1);
    this.#insideAlias--;
    return tree;
  }

  #end<P extends { at: At }>(node: Node, place: P): P & { end: At } {
    return { ...place, end: this.#at(node.range?.[1] ?? 0) };
  }

  #key(key: unknown, at: At, path: string): string | undefined {
    const value = isScalar(key) ? key.value : key;
    if (value === null || typeof value === "object") {
      this.#problems.addAt(at, path, "expected a name before the colon", {
        hint: "a list or a map cannot be a key",
      });
      return undefined;
    }
    const name = String(value);
    if (isForbiddenKey(name)) {
      this.#problems.addAt(at, joinPath(path, name), "this key is not allowed", {
        hint: "choose another name",
      });
      return undefined;
    }
    return name;
  }

  #scalar(node: { value: unknown; source?: string }, at: At, path: string) {
    const value = node.value;
    if (typeof value === "number") {
      if (!Number.isFinite(value)) {
        this.#problems.addAt(at, path, `expected a finite number, found ${node.source}`, { value });
      } else if (!Number.isSafeInteger(value) && /^[-+]?\d+$/.test(node.source ?? "")) {
        const hint = "quote it if it is a text";
        this.#problems.addAt(at, path, `the integer ${node.source} is too large`, { value, hint });
      }
      return value;
    }
    if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
    this.#problems.addAt(at, path, `expected a text, number or truth value`);
    return null;
  }
}
