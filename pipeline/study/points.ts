/**
 * The points of a study: its models, the replicates of each, the candidates of each.
 *
 * @module
 */
import { withFolds } from "./folds.ts";
import { type DrawNumber, type ExpandedSection, expandSearch } from "./joint_search.ts";
import type { Problems } from "./problems.ts";
import { candidatesOf, countPoints } from "./rounds.ts";
import { grid, type Setting } from "./settings.ts";
import { isNull, type MapTree, overlay, type Tree } from "./tree.ts";
import { choose, type VariedKind, type VariedValue, variedValues } from "./variation.ts";

/** Most points that a study may have: a grid grows by multiplication, and by mistake. */
export const MAX_POINTS = 20_000;

/** A replicated or tuned value with the short name that labels give it. */
export interface OpenValue extends VariedValue {
  readonly name: string;
}

/** A model: a point of the study's sweeps, repeated and tuned on its own. */
export interface Model {
  /** Safe to refer to: a letter, then letters, digits, `-` or `_`. */
  readonly name: string;
  /** For readers who have no title: `adam`, `optimizer=adam batchSize=32`. */
  readonly display: string;
  /** The title that the file gives, if any. */
  readonly title: Tree | undefined;
  /** Where the model is written, for messages. */
  readonly place: Tree;
  /** Of a model whose answers come from a file: its path within the study's folder. */
  readonly file?: string;
  /** The point's own part of a node's id. */
  readonly coordinates: readonly (readonly [name: string, value: string])[];
  /** By stage; the model's sweeps are chosen, replicated and tuned values are not. */
  readonly sections: ReadonlyMap<string, Tree>;
  /** Values still to be chosen, by stage. */
  readonly varied: ReadonlyMap<string, readonly OpenValue[]>;
  /** Joint searches as plain JSON, by stage. */
  readonly searches: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly replicates: readonly Setting[];
  readonly candidates: readonly Setting[];
}

/**
 * Reads the models of a study; `stages` are the sections' names in order.
 *
 * @param draw What random searches draw by.
 */
export function readModels(
  root: MapTree,
  stages: readonly string[],
  draw: DrawNumber | undefined,
  problems: Problems,
): Model[] {
  const entries = readEntries(root, stages, draw, problems);
  const nameOf = shortNames(entries.flatMap(({ varied }) => varied.map(({ path }) => path)));
  const models: Model[] = [];
  let points = 0;
  for (const entry of entries) {
    const of = (kind: VariedKind) => entry.varied.filter((value) => value.kind === kind);
    points += countPoints(entry.varied);
    if (points > MAX_POINTS) {
      problems.add(entry.place, `the study has more than ${MAX_POINTS} points`, {
        hint: "sweeps and tunes multiply; list fewer values, or name points under models",
      });
      return [];
    }
    const replicates = grid(of("replicate"), nameOf);
    const candidates = candidatesOf(of("candidate"), nameOf, problems);
    for (const setting of grid(of("model"), nameOf)) {
      const sections = new Map<string, Tree>();
      const varied = new Map<string, OpenValue[]>();
      for (const [stage, section] of entry.sections) {
        sections.set(stage, choose(section, setting.choices));
        const open = entry.varied
          .filter(({ kind, path }) => kind !== "model" && path.startsWith(`${stage}.`))
          .map((value) => ({ ...value, name: nameOf.get(value.path)! }));
        varied.set(stage, open);
      }
      const { searches, place } = entry;
      const shared = { sections, varied, searches, replicates, candidates, place };
      models.push({ ...shared, ...naming(entry, setting), title: entry.title });
    }
  }
  return withUniqueNames(models);
}

/** A named point of the file, or the whole study without `models`, before its sweeps. */
interface Entry {
  name: string | undefined;
  title: Tree | undefined;
  place: Tree;
  sections: ReadonlyMap<string, Tree>;
  varied: readonly VariedValue[];
  searches: Model["searches"];
}

function readEntries(
  root: MapTree,
  stages: readonly string[],
  draw: DrawNumber | undefined,
  problems: Problems,
): Entry[] {
  // A section that models share stays one object.
  const expanded = new Map<Tree, ExpandedSection>();
  const models = root.entries.get("models");
  const base = new Map<string, Tree>();
  for (const stage of stages) {
    const section = root.entries.get(stage);
    if (section !== undefined && !isNull(section)) base.set(stage, section);
  }
  if (models === undefined || models.kind !== "map") {
    return [{ ...vary(base), name: undefined, title: undefined, place: root }];
  }
  if (models.entries.size === 0) {
    problems.add(models, "no model is named", { hint: "name one, or take models away" });
  }
  return [...models.entries].map(([name, place]) => {
    if (place.kind !== "map") return { ...vary(base), name, title: undefined, place };
    const sections = new Map<string, Tree>();
    for (const stage of stages) {
      const below = base.get(stage);
      const over = place.entries.get(stage);
      const section = below && over ? overlay(below, over) : over ?? below;
      if (section !== undefined && !isNull(section)) sections.set(stage, section);
    }
    return { ...vary(sections), name, title: place.entries.get("title"), place };
  });

  function expand(tree: Tree, stage: string): ExpandedSection {
    const known = expanded.get(tree) ??
      expandSearch(withFolds(tree), stage, draw, problems);
    expanded.set(tree, known);
    return known;
  }

  function vary(written: ReadonlyMap<string, Tree>) {
    const sections = new Map<string, Tree>();
    const searches = new Map<string, Record<string, unknown>>();
    const varied: VariedValue[] = [];
    for (const [stage, tree] of written) {
      const { section, bare, values, search } = expand(tree, stage);
      sections.set(stage, section);
      varied.push(...variedValues(bare, stage, problems), ...values);
      if (search !== undefined) searches.set(stage, search);
    }
    return { sections, varied, searches };
  }
}

/** The shortest ending of each path that no other path shares: `seed`, or `split.seed`. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const distinct = [...new Set(paths)].map((path) => path.split("."));
  const names = new Map<string, string>();
  for (const steps of distinct) {
    let length = 1;
    const ending = (of: readonly string[]) => of.slice(-length).join(".");
    while (distinct.some((other) => other !== steps && ending(other) === ending(steps))) length++;
    names.set(steps.join("."), ending(steps));
  }
  return names;
}

function naming(entry: Entry, { coordinates, label }: Setting) {
  if (entry.name === undefined && coordinates.length === 0) {
    return { name: "model", display: "model", coordinates: [] };
  }
  const alone = entry.name === undefined && coordinates.length === 1;
  const isWord = alone && /^[A-Za-z]/.test(coordinates[0][1]) && !isFlag(coordinates[0][1]);
  // A bare number, or true, is no title.
  const display = isWord ? coordinates[0][1] : [entry.name, label].filter(Boolean).join(" ");
  const parts = isWord ? [coordinates[0][1]] : coordinates.map(([name, v]) => `${name}-${v}`);
  const name = [entry.name, ...parts].filter((part) => part !== undefined).join("_")
    .replace(/[^A-Za-z0-9_-]/g, "_");
  const own = alone ? [["", coordinates[0][1]] as const] : coordinates;
  return {
    name,
    display,
    coordinates: entry.name === undefined ? own : [["", entry.name] as const, ...own],
  };
}

function isFlag(value: string): boolean {
  return value === "true" || value === "false";
}

/** Two sweeps' values can clean up to one name (`a b`, `a_b`): later ones get a number. */
function withUniqueNames(models: readonly Model[]): Model[] {
  const taken = new Set<string>();
  return models.map((model) => {
    let name = model.name;
    for (let n = 2; taken.has(name); n++) name = `${model.name}_${n}`;
    taken.add(name);
    return { ...model, name };
  });
}
