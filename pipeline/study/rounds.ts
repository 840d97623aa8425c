/**
 * The candidates of a model: those of its grid, and of the rounds that refine the best of them.
 *
 * @module
 */
import type { RoundValue, SearchRound } from "../stage.ts";
import type { Problems } from "./problems.ts";
import { standIn } from "./refinement.ts";
import { axesOf, grid, type Setting } from "./settings.ts";
import { child, type ScalarTree } from "./tree.ts";
import type { VariedValue } from "./variation.ts";

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
export function candidatesOf(
  tuned: readonly VariedValue[],
  nameOf: ReadonlyMap<string, string>,
  problems: Problems,
): Setting[] {
  const rounds = roundsOf(tuned);
  const searchesOf = (round: number, places: ReadonlyMap<VariedValue, number>) =>
    new Map(
      [...Map.groupBy(tuned, stageOf)].map(([stage, own]): [string, SearchRound] => [
        stage,
        { round, rounds, values: own.map((value) => roundValue(value, places.get(value))) },
      ]),
    );
  const roundValue = (own: VariedValue, place: number | undefined): RoundValue => {
    const { points, scale } = own.refine ?? {};
    const isJoint = own.joint !== undefined &&
      tuned.some(({ joint, path }) => joint === own.joint && path !== own.path);
    return {
      name: nameOf.get(own.path)!,
      path: own.path.split(".").slice(1),
      grid: [...new Set(own.values.map(({ value }) => value!))],
      ...(isJoint ? { joint: true } : {}),
      ...(place === undefined ? {} : { refined: { place, points: points!, scale: scale! } }),
    };
  };
  const searches = searchesOf(0, new Map());
  const all = grid(tuned, nameOf).map((candidate): Setting => ({ ...candidate, searches }));
  if (rounds === 0) return all;
  const stage = stageOf(tuned.find(({ refine }) => refine !== undefined)!);
  for (const { path, tree } of tuned) {
    if (path.startsWith(`${stage}.`)) continue;
    problems.add(tree, `cannot be tuned beside a number of ${stage} that is refined`, {
      hint: "write one value here, or take refine away there",
    });
  }
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
      all.push({ label, coordinates, choices, searches: searchesOf(round, places) });
    }
  }
  return all;
}

/** The section that a value stands in. */
function stageOf({ path }: VariedValue): string {
  return path.slice(0, path.indexOf("."));
}

/** What stands for a tuned value while the candidates of later rounds have none. */
function placeholder({ tree, values, refine }: VariedValue): ScalarTree {
  const [first] = values;
  if (refine === undefined) return first;
  const { at, keyAt, path } = child(tree, "refine")!;
  return { kind: "scalar", value: standIn(values), at, keyAt, path, end: at };
}

/** Number of points that varied values make: replicates times candidates, of every model. */
export function countPoints(varied: readonly VariedValue[]): number {
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
