/**
 * Finds the values of a section that vary: `{sweep: […]}` and `{tune: […]}`.
 *
 * @module
 */
import { type Problems, show } from "./problems.ts";
import { readRefinement, type Refinement } from "./refinement.ts";
import {
  isNull,
  isVariation,
  type MapTree,
  type ScalarTree,
  toPlain,
  type Tree,
  type Variation,
  VARIATIONS,
} from "./tree.ts";

/** What the values of a variation make: distinct models, replicates of each, or tries of each. */
export type VariedKind = "model" | "replicate" | "candidate";

/** A value of a section that varies. */
export interface VariedValue {
  kind: VariedKind;
  /** Path from the sections' root, the same whichever model's overlay it stands in. */
  path: string;
  /** The `{sweep: …}` or `{tune: …}` itself; its identity tells where it stands in a section. */
  tree: Tree;
  /** At least one; no two equal, unless they are of a joint search. */
  values: readonly ScalarTree[];
  /** The joint search that it is part of: all of its values step together. */
  joint?: Tree;
  /** Whether its values were drawn at random. */
  drawn?: boolean;
  /** How a tuned number goes on after the grid. */
  refine?: Refinement;
}

/** Keys whose sweep repeats a model instead of making another. */
export const REPLICATED_KEYS: ReadonlySet<string> = new Set(["seed", "fold"]);

/**
 * The varied values of a section in the order of the file. Notes a problem for each that is
 * malformed: not alone in its map (but for a `refine` beside `tune`), not a list, empty, with an equal value twice, with anything but
 * single values in it, in a list, or a tuned seed or fold.
 */
export function variedValues(section: Tree, path: string, problems: Problems): VariedValue[] {
  const found: VariedValue[] = [];
  collect(section, path, undefined, found, problems);
  return found;
}

function collect(
  tree: Tree,
  path: string,
  key: string | undefined,
  found: VariedValue[],
  problems: Problems,
): void {
  if (tree.kind === "scalar") return;
  if (tree.kind === "list") {
    tree.items.forEach((item, i) => collect(item, `${path}.${i}`, undefined, found, problems));
    return;
  }
  if (!isVariation(tree)) {
    const search = tree.entries.get("tune");
    if (search?.kind === "map") {
      problems.addAt(search.keyAt, search.path, "a joint search cannot stand here", {
        hint: "it stands in a section itself, such as train: {tune: {random: 20, ...}}",
      });
    }
    for (const [name, value] of tree.entries) {
      collect(value, `${path}.${name}`, name, found, problems);
    }
    return;
  }
  const variation = readVariation(tree as MapTree, path, key, problems);
  if (variation !== undefined) found.push(variation);
}

function readVariation(
  tree: MapTree,
  path: string,
  key: string | undefined,
  problems: Problems,
): VariedValue | undefined {
  const before = problems.size;
  const how = VARIATIONS.find((name) => tree.entries.has(name)) as Variation;
  const list = tree.entries.get(how)!;
  for (const [other, value] of tree.entries) {
    if (other === how || (how === "tune" && other === "refine")) continue;
    problems.addAt(value.keyAt, value.path, `cannot stand beside ${how}`, {
      hint: `write only {${how}: [...]}; shared values belong one level up`,
    });
  }
  if (key === undefined || !path.includes(".")) {
    problems.add(tree, `a ${how} cannot stand here`, {
      hint: "it stands for the single value of a parameter",
    });
  }
  const isReplicated = key !== undefined && REPLICATED_KEYS.has(key);
  if (how === "tune" && isReplicated) {
    problems.add(tree, `cannot tune a ${key}`, { hint: "write sweep to repeat each model" });
  }
  const values = readValues(list, how, problems);
  if (problems.size > before) return undefined;
  const kind = how === "tune" ? "candidate" : isReplicated ? "replicate" : "model";
  const further = tree.entries.get("refine");
  if (further === undefined || isNull(further)) return { kind, path, tree, values };
  const refine = readRefinement(further, values, problems);
  return refine && { kind, path, tree, values, refine };
}

function readValues(list: Tree, how: Variation, problems: Problems): ScalarTree[] {
  if (list.kind !== "list") {
    problems.add(list, `expected a list of values to ${how}, found ${show(toPlain(list))}`);
    return [];
  }
  if (list.items.length === 0) {
    problems.add(list, `cannot ${how} over nothing: the list is empty`, {
      value: [],
      hint: "list the values, or write one value without it",
    });
  }
  const seen = new Map<unknown, string>();
  const values: ScalarTree[] = [];
  for (const item of list.items) {
    if (item.kind !== "scalar" || item.value === null) {
      problems.add(item, `expected a single value to ${how}, found ${show(toPlain(item))}`, {
        hint: "vary whole sections by naming points under models",
      });
    } else if (seen.has(item.value)) {
      problems.add(item, `the value ${show(item.value)} stands here a second time`, {
        value: item.value,
        hint: `it is ${seen.get(item.value)} already`,
      });
    } else {
      seen.set(item.value, item.path);
      values.push(item);
    }
  }
  return values;
}

/**
 * The tree with each varied value replaced by the one chosen for it; what holds no varied value
 * stays the same object.
 */
export function choose(tree: Tree, choices: ReadonlyMap<Tree, ScalarTree>): Tree {
  if (tree.kind === "scalar") return tree;
  const chosen = choices.get(tree);
  if (chosen !== undefined) return { ...chosen, keyAt: tree.keyAt };
  if (tree.kind === "list") {
    let items: Tree[] | undefined;
    tree.items.forEach((item, i) => {
      const next = choose(item, choices);
      if (next !== item) (items ??= [...tree.items])[i] = next;
    });
    return items === undefined ? tree : { ...tree, items };
  }
  let entries: Map<string, Tree> | undefined;
  for (const [key, value] of tree.entries) {
    const next = choose(value, choices);
    if (next !== value) (entries ??= new Map(tree.entries)).set(key, next);
  }
  return entries === undefined ? tree : { ...tree, entries };
}
