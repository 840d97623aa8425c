/**
 * What zod finds wrong, told in the words and at the places of the study file.
 *
 * @module
 */
import { z } from "zod";
import { type Problems, show } from "./problems.ts";
import { suggest } from "./suggest.ts";
import { child, joinPath, toPlain, type Tree } from "./tree.ts";

/** Parses a tree's value with a schema; `undefined` after noting the problems. */
export function parseTree<S extends z.ZodType>(
  schema: S,
  tree: Tree,
  problems: Problems,
): { value: z.output<S> } | undefined {
  const result = schema.safeParse(toPlain(tree), PARSE_OPTIONS);
  if (result.success) return { value: result.data };
  addIssues(result.error.issues, tree, problems);
  return undefined;
}

/** A whole number within a range that its message tells. */
export function wholeNumber(least: number, most: number): z.ZodInt {
  const error = ({ input }: { input?: unknown }) =>
    `expected a whole number in [${least}, ${most}], found ${show(input)}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** Options for `safeParse` that make its messages follow this project's form. */
export const PARSE_OPTIONS = { error: describeIssue, reportInput: true };

/** Notes each issue at the value that it is about; at the parent's key for a missing one. */
export function addIssues(
  issues: readonly z.core.$ZodIssue[],
  tree: Tree,
  problems: Problems,
): void {
  for (const issue of issues) addIssue(issue, [], tree, problems);
}

function addIssue(
  issue: z.core.$ZodIssue,
  before: readonly PropertyKey[],
  tree: Tree,
  problems: Problems,
): void {
  const steps = [...before, ...issue.path];
  if (issue.code === "invalid_union") {
    const branch = likelyBranch(issue.errors);
    if (branch !== undefined) {
      for (const inner of branch) addIssue(inner, steps, tree, problems);
      return;
    }
  }
  let place = tree;
  let path = tree.path;
  let missing = false;
  for (const step of steps) {
    const below = missing ? undefined : child(place, step);
    path = joinPath(path, typeof step === "symbol" ? String(step) : step);
    if (below === undefined) missing = true;
    else [place, path] = [below, below.path];
  }
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) {
      const at = child(place, key)?.keyAt ?? place.keyAt;
      problems.addAt(at, joinPath(path, key), "unknown key");
    }
    return;
  }
  const atKey = missing || issue.code === "invalid_key";
  const hint = hintOf(issue);
  problems.addAt(atKey ? place.keyAt : place.at, path, issue.message, {
    ...(missing ? {} : { value: toPlain(place) }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The one alternative that the author seems to have meant: whose shape fits at the top. */
function likelyBranch(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const deep = branches.filter((issues) =>
    issues.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys")
  );
  return deep.length === 0
    ? undefined
    : deep.reduce((best, next) => next.length < best.length ? next : best);
}

function hintOf(issue: z.core.$ZodIssue): string | undefined {
  const input = found(issue);
  if (typeof input !== "string") return undefined;
  const options = issue.code === "invalid_value"
    ? issue.values
    : issue.code === "invalid_union" && "options" in issue
    ? issue.options as readonly unknown[]
    : undefined;
  if (options !== undefined) {
    const close = suggest(input, options.map(String));
    return close === undefined ? undefined : `did you mean ${close}?`;
  }
  if (issue.code === "invalid_type" && ["number", "int"].includes(issue.expected)) {
    return input.trim() !== "" && Number.isFinite(Number(input))
      ? "take the quotes away"
      : undefined;
  }
  return undefined;
}

/** `expected a number greater than 0, found -1`; a message of the schema's own stays as it is. */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  const expected = expectation(issue);
  return expected === undefined ? undefined : `expected ${expected}, found ${show(found(issue))}`;
}

/** The value at fault: zod reports a discriminator's issue with the whole map as its input. */
function found(issue: z.core.$ZodRawIssue | z.core.$ZodIssue): unknown {
  const { input } = issue;
  if (issue.code !== "invalid_union" || !("discriminator" in issue)) return input;
  return (input as Record<string, unknown>)[issue.discriminator as string];
}

function expectation(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected as string] ?? `a value of type ${issue.expected}`;
    case "invalid_value": {
      const values = issue.values as readonly unknown[];
      const list = values.map((value) => typeof value === "string" ? value : String(value));
      return list.length === 1 ? list[0] : `one of ${list.join(", ")}`;
    }
    case "too_small":
      return bound(issue, issue.minimum, issue.inclusive ? "at least" : "greater than");
    case "too_big":
      return bound(issue, issue.maximum, issue.inclusive ? "at most" : "less than");
    case "not_multiple_of":
      return `a multiple of ${issue.divisor}`;
    case "invalid_union":
      return unionExpectation(issue);
    case "invalid_key":
      return (issue.issues as { message: string }[])[0]?.message.match(/^expected (.*?)(, found|$)/)
        ?.[1];
    default:
      return undefined;
  }
}

function bound(issue: z.core.$ZodRawIssue, limit: unknown, comparison: string): string {
  const counted: Record<string, string> = { string: "characters", array: "items", set: "items" };
  const unit = counted[issue.origin as string];
  if (unit === undefined) return `a number ${comparison} ${limit}`;
  const noun = issue.origin === "string" ? "a text" : "a list";
  return `${noun} of ${comparison} ${limit} ${Number(limit) === 1 ? unit.slice(0, -1) : unit}`;
}

function unionExpectation(issue: z.core.$ZodRawIssue): string | undefined {
  const options = issue.options as readonly unknown[] | undefined;
  if (options !== undefined && options.length > 0) {
    return `one of ${options.map(String).join(", ")}`;
  }
  const branches = (issue.errors ?? []) as readonly z.core.$ZodIssue[][];
  const parts = branches.flatMap((issues) => {
    const expected = issues[0]?.message.match(/^expected (.*?), found/)?.[1];
    return expected === undefined ? [] : [expected];
  });
  return parts.length === 0 ? undefined : [...new Set(parts)].join(" or ");
}

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  null: "nothing",
  number: "a number",
  object: "a map",
  record: "a map",
  string: "a text",
  never: "nothing",
};
