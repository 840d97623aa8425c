/**
 * The points of a study: its models, the replicates of each, the candidates of each.
 *
 * @module
 */
import { withFolds } from "./folds.ts";
import { type DrawNumber, type ExpandedSection, expandSearch } from "./joint_search.ts";
import type { RoundValue, SearchRound } from "../stage.ts";
import type { Problems } from "./problems.ts";
import { standIn } from "./refinement.ts";
import { child, isNull, type MapTree, overlay, type ScalarTree, type Tree } from "./tree.ts";
import { choose, type VariedKind, type VariedValue, variedValues } from "./variation.ts";

/** Most points that a study may have: a grid grows by multiplication, and by mistake. */
export const MAX_POINTS = 20_000;

/** One choice for every varied value of a kind. */
export interface Setting {
  /** `seed=1`, `learningRate=0.001 weightDecay=0`; empty when nothing varies. */
  readonly label: string;
  /** Short name of each varied value with its value as text, in the order of the label. */
  readonly coordinates: readonly (readonly [name: string, value: string])[];
  readonly choices: ReadonlyMap<Tree, ScalarTree>;
  /** Where a candidate stands, if one of its section's numbers is refined. */
  readonly search?: { readonly stage: string; readonly round: SearchRound };
}

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
    const candidates = withRefinements(of("candidate"), nameOf, problems);
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
function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
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

/** The values that turn together: each alone, but those of one joint search. */
function axesOf(varied: readonly VariedValue[]): VariedValue[][] {
  return [...Map.groupBy(varied, ({ joint, tree }) => joint ?? tree).values()];
}

/** Every combination of the axes; the first one turns slowest. One empty setting for none. */
function grid(varied: readonly VariedValue[], nameOf: ReadonlyMap<string, string>): Setting[] {
  let settings: Setting[] = [{ label: "", coordinates: [], choices: new Map() }];
  for (const axis of axesOf(varied)) {
    settings = settings.flatMap(({ coordinates, choices }) =>
      axis[0].values.map((_, i) => {
        const longer = [...coordinates];
        const chosen = new Map(choices);
        for (const { path, tree, values } of axis) {
          longer.push([nameOf.get(path)!, valueText(values[i].value)]);
          chosen.set(tree, values[i]);
        }
        return {
          label: longer.map(([n, v]) => `${n}=${v}`).join(" "),
          coordinates: longer,
          choices: chosen,
        };
      })
    );
  }
  return settings;
}

function countPoints(varied: readonly VariedValue[]): number {
  const count = (axes: readonly (readonly VariedValue[])[]) =>
    axes.reduce((product, [{ values }]) => product * values.length, 1);
  const [tuned, others] = [true, false].map((isTuned) =>
    varied.filter(({ kind }) => (kind === "candidate") === isTuned)
  );
  const further = Array.from(
    { length: roundsOf(tuned) },
    (_, i) => refinedIn(tuned, i + 1).reduce((product, { refine }) => product * refine!.points, 1),
  );
  const candidates = further.reduce((sum, points) => sum + points, count(axesOf(tuned)));
  return count(axesOf(others)) * candidates;
}

/** Rounds after the grid. */
function roundsOf(tuned: readonly VariedValue[]): number {
  return Math.max(0, ...tuned.map(({ refine }) => refine?.rounds ?? 0));
}

function refinedIn(tuned: readonly VariedValue[], round: number): VariedValue[] {
  return tuned.filter(({ refine }) => refine !== undefined && round <= refine.rounds);
}

/**
 * The candidates of the grid, then those of each further round: every combination of the places of
 * the numbers that it refines, labelled `learningRate=refined1.2` for the second of the first round.
 */
function withRefinements(
  tuned: readonly VariedValue[],
  nameOf: ReadonlyMap<string, string>,
  problems: Problems,
): Setting[] {
  const candidates = grid(tuned, nameOf);
  const rounds = roundsOf(tuned);
  if (rounds === 0) return candidates;
  const [stage] = tuned.find(({ refine }) => refine !== undefined)!.path.split(".");
  for (const { path, tree } of tuned) {
    if (path.startsWith(`${stage}.`)) continue;
    problems.add(tree, `cannot be tuned beside a number of ${stage} that is refined`, {
      hint: "write one value here, or take refine away there",
    });
  }
  const search = (round: number, places: ReadonlyMap<VariedValue, number>) => {
    const values = tuned.map((own): RoundValue => {
      const place = places.get(own);
      const { points, scale } = own.refine ?? {};
      return {
        name: nameOf.get(own.path)!,
        path: own.path.split(".").slice(1),
        grid: [...new Set(own.values.map(({ value }) => value!))],
        ...(place === undefined ? {} : { refined: { place, points: points!, scale: scale! } }),
      };
    });
    return { stage, round: { round, rounds, values } };
  };
  const grown = search(0, new Map());
  const all = candidates.map((candidate): Setting => ({ ...candidate, search: grown }));
  const choices = new Map(tuned.map((own) => [own.tree, placeholder(own)]));
  for (let round = 1; round <= rounds; round++) {
    let combinations: Map<VariedValue, number>[] = [new Map()];
    for (const own of refinedIn(tuned, round)) {
      combinations = combinations.flatMap((places) =>
        Array.from({ length: own.refine!.points }, (_, place) => new Map(places).set(own, place))
      );
    }
    for (const places of combinations) {
      const coordinates = [...places].map(([{ path }, place]) =>
        [nameOf.get(path)!, `refined${round}.${place + 1}`] as const
      );
      const label = coordinates.map(([name, value]) => `${name}=${value}`).join(" ");
      all.push({ label, coordinates, choices, search: search(round, places) });
    }
  }
  return all;
}

/** What stands for a tuned value while the candidates of later rounds have none. */
function placeholder({ tree, values, refine }: VariedValue): ScalarTree {
  const [first] = values;
  if (refine === undefined) return first;
  const { at, keyAt, path } = child(tree, "refine")!;
  return { kind: "scalar", value: standIn(values), at, keyAt, path, end: at };
}

function valueText(value: ScalarTree["value"]): string {
  return typeof value !== "string" || /^[\w.+-]+$/.test(value)
    ? String(value)
    : JSON.stringify(value);
}

function naming(entry: Entry, { coordinates, label }: Setting) {
  if (entry.name === undefined && coordinates.length === 0) {
    return { name: "model", display: "model", coordinates: [] };
  }
  const alone = entry.name === undefined && coordinates.length === 1;
  const display = alone ? coordinates[0][1] : [entry.name, label].filter(Boolean).join(" ");
  const isWord = alone && /^[A-Za-z]/.test(coordinates[0][1]);
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
