/**
 * Joint searches: the `tune` of a whole section tries several of its parameters together, as a list
 * of points or as seeded random draws.
 *
 * @module
 */
import { z } from "zod";
import type { Problems } from "./problems.ts";
import { type Distribution, readDistribution } from "./distribution.ts";
import { isNull, isVariation, type MapTree, type ScalarTree, toPlain, type Tree } from "./tree.ts";
import { REPLICATED_KEYS, type VariedValue } from "./variation.ts";
import { parseTree, wholeNumber } from "./zod_problems.ts";

/** A number to draw. */
export interface DrawRequest {
  /** Seed of the search. */
  seed: number;
  /** Path of the parameter: `train.learningRate`. */
  parameter: string;
  /** Number of the draw, from 0. */
  draw: number;
  /** How often the draw turned out equal to an earlier one. */
  attempt: number;
  scale: "uniform" | "log" | "integer";
  low: number;
  high: number;
  /** Significant digits that the number is rounded to. */
  digits: number;
}

/** Draws a number: a function of its request alone. */
export type DrawNumber = (request: DrawRequest) => number;

/** A section whose joint search, if it has one, stands where its parameters do. */
export interface ExpandedSection {
  section: Tree;
  /** The section without its search. */
  bare: Tree;
  /** The searched parameters; all of them step from candidate to candidate together. */
  values: VariedValue[];
  /** The search as plain JSON, its defaults filled in; `undefined` without. */
  search?: Record<string, unknown>;
}

/** A draw that repeats an earlier one is drawn again this often. */
const MOST_ATTEMPTS = 1000;

/** Most points or draws of one search. */
export const MAX_DRAWS = 10_000;

const draws = wholeNumber(1, MAX_DRAWS);

/** How a random search is drawn: `random` of a section's `tune`. */
export const randomSchema = z.strictObject({
  draws: draws.describe("Number of points that are drawn, in [1, 10000]."),
  seed: z.int().min(0).default(1).describe("Seed of the draws."),
  digits: wholeNumber(1, 15).default(3)
    .describe("Significant digits that drawn numbers are rounded to, in [1, 15]."),
});

/** The values of each searched parameter, by its name in the section, one for each candidate. */
type Columns = ReadonlyMap<string, readonly ScalarTree[]>;

/**
 * Takes the joint search out of a section, and puts its values where the parameters stand. Notes a
 * problem for a search that is malformed, and for a parameter that it searches and the section sets.
 */
export function expandSearch(
  section: Tree,
  stage: string,
  draw: DrawNumber | undefined,
  problems: Problems,
): ExpandedSection {
  if (section.kind !== "map") return { section, bare: section, values: [] };
  const tune = section.entries.get("tune");
  if (tune?.kind !== "map" || isVariation(section)) return { section, bare: section, values: [] };
  const entries = new Map(section.entries);
  entries.delete("tune");
  const bare: MapTree = { ...section, entries };
  const before = problems.size;
  const read = tune.entries.has("points")
    ? readPoints(tune, problems)
    : readDraws(tune, stage, draw, problems);
  if (read === undefined || problems.size > before) return { section: bare, bare, values: [] };
  let placed = bare;
  const values: VariedValue[] = [];
  for (const [name, own] of read.columns) {
    const key = name.split(".").at(-1)!;
    if (REPLICATED_KEYS.has(key)) {
      problems.add(own[0], `cannot tune a ${key}`, { hint: "write sweep to repeat each model" });
    }
    const { at, keyAt, path } = own[0];
    const list: Tree = { kind: "list", items: own, at, keyAt, path };
    const tree: MapTree = { kind: "map", entries: new Map([["tune", list]]), at, keyAt, path };
    placed = place(placed, name.split("."), tree, problems);
    values.push({
      kind: "candidate",
      path: `${stage}.${name}`,
      tree,
      values: own,
      joint: tune,
      drawn: "random" in read.search,
    });
  }
  return { section: placed, bare, values, search: read.search };
}

interface Read {
  columns: Columns;
  search: Record<string, unknown>;
}

/** `{points: [{learningRate: 0.1, weightDecay: 0}, …]}`. */
function readPoints(tune: MapTree, problems: Problems): Read | undefined {
  const points = tune.entries.get("points")!;
  for (const [key, { keyAt, path }] of tune.entries) {
    if (key === "points") continue;
    problems.addAt(keyAt, path, "cannot stand beside points", {
      hint: "each point has a value of each parameter",
    });
  }
  if (points.kind !== "list" || points.items.length === 0) {
    problems.add(points, "expected a list of at least one point, such as [{learningRate: 0.1}]");
    return undefined;
  }
  if (points.items.length > MAX_DRAWS) {
    problems.add(points, `expected at most ${MAX_DRAWS} points, found ${points.items.length}`);
    return undefined;
  }
  const columns = new Map<string, ScalarTree[]>();
  const seen = new Map<string, string>();
  for (const point of points.items) {
    if (point.kind !== "map" || point.entries.size === 0) {
      problems.add(point, "expected a map of parameters and their values");
      continue;
    }
    for (const [name, value] of point.entries) {
      if (value.kind !== "scalar" || value.value === null) {
        problems.add(value, "expected a single value", {
          hint: "write a parameter of a deeper map with dots: schedule.factor: 0.1",
        });
        continue;
      }
      if (!columns.has(name)) columns.set(name, []);
      columns.get(name)!.push(value);
    }
    const [first] = points.items;
    const names = first.kind === "map" ? [...first.entries.keys()] : [];
    const missing = names.find((name) => !point.entries.has(name));
    const more = [...point.entries.keys()].find((name) => !names.includes(name));
    if (missing !== undefined || more !== undefined) {
      problems.add(
        point,
        missing === undefined
          ? `has a value of ${more}, which the first point does not have`
          : `has no value of ${missing}, which the first point has`,
        { hint: "every point gives a value to the same parameters" },
      );
    }
    const text = pointText(names.map((name) => [name, point.entries.get(name)]));
    const twin = seen.get(text);
    if (twin === undefined) seen.set(text, point.path);
    else problems.add(point, `is the same point as ${twin}`);
  }
  return { columns, search: { points: toPlain(points) } };
}

/** `{random: {draws: 20, seed: 1}, learningRate: {log: [0.0001, 1]}, …}`. */
function readDraws(
  tune: MapTree,
  stage: string,
  draw: DrawNumber | undefined,
  problems: Problems,
): Read | undefined {
  const random = tune.entries.get("random");
  if (random === undefined) {
    problems.add(tune, "expected `points` or `random`", {
      hint: "write {points: [{learningRate: 0.1}, ...]}, or {random: 20, learningRate: {log: " +
        "[0.0001, 1]}}",
    });
    return undefined;
  }
  const settings = random.kind === "scalar"
    ? parseTree(draws, random, problems)?.value
    : parseTree(randomSchema, random, problems)?.value;
  const distributions = new Map<string, Distribution>();
  const named = [...tune.entries].filter(([name, tree]) => name !== "random" && !isNull(tree));
  for (const [name, tree] of named) {
    const distribution = readDistribution(tree, problems);
    if (distribution !== undefined) distributions.set(name, distribution);
  }
  if (settings === undefined) return undefined;
  if (named.length === 0) {
    problems.add(tune, "draws nothing", {
      hint: "name parameters with what they are drawn from: learningRate: {log: [0.0001, 1]}",
    });
    return undefined;
  }
  if (distributions.size < named.length) return undefined;
  if (draw === undefined) throw new TypeError("Cannot plan a random search without draws");
  const how = randomSchema.parse(typeof settings === "number" ? { draws: settings } : settings);
  const plain = [...distributions].map(([name, { plain }]) => [name, plain]);
  return {
    columns: drawPoints(tune, distributions, { ...how, stage, draw }, problems),
    search: { random: how, ...Object.fromEntries(plain) },
  };
}

/** Draws distinct points. */
function drawPoints(
  tune: MapTree,
  distributions: ReadonlyMap<string, Distribution>,
  how: z.output<typeof randomSchema> & { stage: string; draw: DrawNumber },
  problems: Problems,
): Columns {
  const { stage, draw, seed, digits } = how;
  const columns = new Map([...distributions.keys()].map((name) => [name, [] as ScalarTree[]]));
  const seen = new Set<string>();
  for (let number = 0; number < how.draws; number++) {
    for (let attempt = 0;; attempt++) {
      const point = [...distributions].map(([name, { range, pick, tree }]) => {
        const request = { seed, parameter: `${stage}.${name}`, draw: number, attempt, digits };
        const path = `${tune.path}.random[${number}].${name}`;
        const { at, keyAt } = tree;
        const value = pick(draw({ ...request, ...range }));
        return [name, { kind: "scalar", value, path, at, keyAt, end: at } as ScalarTree] as const;
      });
      const text = pointText(point);
      if (seen.has(text) && attempt < MOST_ATTEMPTS) continue;
      if (seen.has(text)) {
        problems.add(tune, `cannot draw ${how.draws} different points: there are about ${number}`, {
          hint: "draw fewer, from wider ranges, or list every value in a tune of its own",
        });
        return columns;
      }
      seen.add(text);
      for (const [name, value] of point) columns.get(name)!.push(value);
      break;
    }
  }
  return columns;
}

function pointText(point: Iterable<readonly [name: string, value: Tree | undefined]>): string {
  return JSON.stringify([...point].map(([name, value]) => [name, value && toPlain(value)]));
}

/** The map with a value at a path that is free. */
function place(map: MapTree, path: readonly string[], value: Tree, problems: Problems): MapTree {
  const [step, ...rest] = path;
  const below = map.entries.get(step);
  const isFree = below === undefined || isNull(below);
  const entries = new Map(map.entries);
  if (rest.length === 0) {
    if (!isFree) {
      problems.addAt(below.keyAt, below.path, "is searched and set at once", {
        hint: `take it away here, or in ${value.path}`,
      });
    }
    return { ...map, entries: entries.set(step, value) };
  }
  if (!isFree && (below.kind !== "map" || isVariation(below))) {
    problems.add(below, `has no ${rest.join(".")} to search`, { hint: "write it as a map" });
    return map;
  }
  const { at, keyAt, path: from } = value;
  const inner: MapTree = below?.kind === "map"
    ? below
    : { kind: "map", entries: new Map(), at, keyAt, path: from };
  return { ...map, entries: entries.set(step, place(inner, rest, value, problems)) };
}
