/**
 * The refinement of a tuned number: further rounds of tries between the best value and its
 * neighbours. Its values depend on results, so a plan holds their places alone.
 *
 * @module
 */
import { z } from "zod";
import type { Problems } from "./problems.ts";
import type { ScalarTree, Tree } from "./tree.ts";
import { parseTree, wholeNumber } from "./zod_problems.ts";

/** How a tuned number is refined, all values resolved. */
export interface Refinement {
  /** Rounds after the grid. */
  rounds: number;
  /** Values of each round. */
  points: number;
  /** Whether values are evenly spaced, or their logarithms are. */
  scale: "linear" | "log";
}

const rounds = wholeNumber(1, 5);

/** `refine` beside a `tune`. */
export const refineSchema = z.strictObject({
  rounds: rounds.default(1).describe("Rounds of refinement after the grid, in [1, 5]."),
  points: wholeNumber(1, 50).default(4)
    .describe("Values of each round, between the best and its neighbours, in [1, 50]."),
  scale: z.enum(["linear", "log"]).optional().describe(
    "Whether values or their logarithms are evenly spaced; as the grid's where not given.",
  ),
});

/** Reads `refine`, a map or a number of rounds; `undefined` after noting what is wrong with it. */
export function readRefinement(
  tree: Tree,
  values: readonly ScalarTree[],
  problems: Problems,
): Refinement | undefined {
  const numbers = values.flatMap(({ value }) => typeof value === "number" ? [value] : []);
  if (numbers.length < values.length || numbers.length < 2) {
    problems.addAt(tree.keyAt, tree.path, "needs a list of two or more numbers to refine", {
      hint: "write {tune: [0.001, 0.01, 0.1], refine: {rounds: 2, points: 4}}",
    });
    return undefined;
  }
  const written = tree.kind === "scalar"
    ? parseTree(rounds, tree, problems)?.value
    : parseTree(refineSchema, tree, problems)?.value;
  if (written === undefined) return undefined;
  const read = refineSchema.parse(typeof written === "number" ? { rounds: written } : written);
  const { scale = scaleOf(numbers) } = read;
  if (scale === "log" && Math.min(...numbers) <= 0) {
    problems.add(tree, "cannot be refined on a logarithmic scale", {
      hint: "the grid's values must be above 0",
    });
    return undefined;
  }
  return { rounds: read.rounds, points: read.points, scale };
}

/** A grid's own scale: the one on which its values are spaced more evenly, else the logarithmic. */
function scaleOf(numbers: readonly number[]): Refinement["scale"] {
  const sorted = numbers.toSorted((a, b) => a - b);
  if (sorted[0] <= 0) return "linear";
  const unevenness = (step: (low: number, high: number) => number) => {
    const steps = sorted.slice(1).map((high, i) => step(sorted[i], high));
    return Math.max(...steps) / Math.min(...steps);
  };
  const linear = unevenness((low, high) => high - low);
  // The least ratio is above 1; what it lies above 1 is its step.
  const log = unevenness((low, high) => high / low - 1);
  return linear < log ? "linear" : "log";
}

/**
 * A number that stands for those of later rounds while a section is checked: between two of the
 * grid's, and no integer, so that a parameter which takes integers alone is refused.
 */
export function standIn(values: readonly ScalarTree[]): number {
  const [a, b] = values.map(({ value }) => value as number).toSorted((a, b) => a - b);
  const middle = (a + b) / 2;
  return Number.isInteger(middle) ? a + (b - a) * 0.375 + 0.0625 * Math.min(1, b - a) : middle;
}
