/**
 * A study file as a tree that remembers where each value is written.
 *
 * Trees are immutable: an overlay or an override makes new maps around the values that it keeps,
 * so a value can be traced to its line (or its command-line option) however it was combined, and
 * an untouched section stays the same object for every model.
 *
 * @module
 */

/** Where a value is written: an offset in the file in UTF-16 units, or an option (`--set a.b=1`). */
export type At = number | string;

interface Placed {
  /** Path from the root of the file: `models.adam.train.learningRate`, `train.seed.sweep[2]`. */
  readonly path: string;
  /** Start of the value. */
  readonly at: At;
  /** Start of the key that the value stands under; the value's own start in a list. */
  readonly keyAt: At;
}

/** A single value. */
export interface ScalarTree extends Placed {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** End of the value as written, for offsets inside a text; `at` for an option. */
  readonly end: At;
}

/** A list. */
export interface ListTree extends Placed {
  readonly kind: "list";
  readonly items: readonly Tree[];
}

/** A map; keys are in the order of the file. */
export interface MapTree extends Placed {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Tree>;
}

/** A value of a study file with its place. */
export type Tree = ScalarTree | ListTree | MapTree;

/** Appends a key or an index to a path: `train`, `train.seed`, `claims[0]`. */
export function joinPath(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  return path === "" ? step : `${path}.${step}`;
}

/** The value without its places. Maps become objects without a prototype's keys in the way. */
export function toPlain(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(toPlain);
  const plain: Record<string, unknown> = {};
  for (const [key, value] of tree.entries) plain[key] = toPlain(value);
  return plain;
}

/** The value under one key or index; `undefined` where there is none. */
export function child(tree: Tree, step: PropertyKey): Tree | undefined {
  if (tree.kind === "map") return tree.entries.get(String(step));
  if (tree.kind === "list") return tree.items[Number(step)];
  return undefined;
}

/** Whether the tree is nothing: an empty value after a colon, or `null`. */
export function isNull(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.value === null;
}

/** How a value is varied where it stands. */
export const VARIATIONS = ["sweep", "tune"] as const;

/** See {@linkcode VARIATIONS}. */
export type Variation = typeof VARIATIONS[number];

/**
 * Whether the tree is `{sweep: …}` or `{tune: …}`, well-formed or not. A map below `tune` is no
 * value's: it is the joint search of the section that it stands in.
 */
export function isVariation(tree: Tree): boolean {
  if (tree.kind !== "map") return false;
  return VARIATIONS.some((how) => tree.entries.has(how)) && !isSearched(tree);
}

/** Whether the tree is a section with a joint search: `{tune: {random: …}, …}`. */
function isSearched(tree: MapTree): boolean {
  return tree.entries.get("tune")?.kind === "map" && !tree.entries.has("sweep");
}

/**
 * Lays `over` on `base`: maps merge key by key, anything else (lists, sweeps, single values)
 * replaces what was there. An empty value takes a single value, a list or a sweep away, so that
 * its default holds again, and leaves a map as it is (`adam:` lays nothing). Of a joint search
 * (`tune`), the points replace it whole, and what a parameter is drawn from replaces that.
 */
export function overlay(base: Tree, over: Tree): Tree {
  if (isNull(over)) return base.kind === "map" ? base : over;
  if (base.kind !== "map" || over.kind !== "map" || isVariation(base)) return over;
  if (isVariation(over) && !takesSearch(base, over)) return over;
  if (over.entries.size === 0) return base;
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const below = entries.get(key);
    const isTaken = below !== undefined && isNull(value) &&
      (below.kind !== "map" || isVariation(below) || key === "tune");
    if (isTaken) entries.delete(key);
    else if (below === undefined) entries.set(key, value);
    else entries.set(key, key === "tune" ? overlaySearch(below, value) : overlay(below, value));
  }
  return { ...base, entries };
}

/** Whether a section is laid over one with a joint search to take the search away: `tune:`. */
function takesSearch(base: MapTree, over: MapTree): boolean {
  const tune = over.entries.get("tune");
  return isSearched(base) && tune !== undefined && isNull(tune) && !over.entries.has("sweep");
}

function overlaySearch(base: Tree, over: Tree): Tree {
  if (base.kind !== "map" || over.kind !== "map") return over;
  if (base.entries.has("points") || over.entries.has("points")) return over;
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const below = entries.get(key);
    if (isNull(value)) entries.delete(key);
    else entries.set(key, key === "random" && below ? overlay(below, value) : value);
  }
  return { ...base, entries };
}
