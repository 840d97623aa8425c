import { exp } from "../../core/math/exp.ts";
import { log } from "../../core/math/log.ts";

/** Options of {@linkcode refinedValue}. */
export interface RefinedValueOptions {
  /** Every value tried so far. */
  tried: readonly number[];
  /** The best of them. */
  best: number;
  /** Which value of the round, from 0. */
  place: number;
  /** Number of values of the round. */
  points: number;
  /** Whether values are evenly spaced, or their logarithms are. */
  scale: "linear" | "log";
}

/** Fewest significant digits of a refined value. */
const LEAST_DIGITS = 3;

/**
 * A value of a round of refinement. The round's values lie between the best one and its nearest
 * neighbours among those tried, evenly spaced in each of the two gaps: half of them, rounded down, in
 * the lower gap, the others in the upper one. A best value that ends what was tried has one gap, and
 * all values lie there: a search never leaves the range of its grid.
 *
 * Values are rounded to three significant digits, or to as many more as keep them apart.
 *
 * @throws {RangeError} if the best value has no neighbour.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const round = { tried: [0.001, 0.01, 0.1], best: 0.01, points: 4, scale: "log" } as const;
 * const values = [0, 1, 2, 3].map((place) => refinedValue({ ...round, place }));
 * assert.deepEqual(values, [0.00215, 0.00464, 0.0215, 0.0464]);
 * ```
 */
export function refinedValue(
  { tried, best, place, points, scale }: RefinedValueOptions,
): number {
  const below = Math.max(...tried.filter((value) => value < best));
  const above = Math.min(...tried.filter((value) => value > best));
  const hasBelow = Number.isFinite(below);
  const hasAbove = Number.isFinite(above);
  if (!hasBelow && !hasAbove) {
    throw new RangeError(`Cannot refine the value ${best} as it is the only one that was tried`);
  }
  const lower = !hasBelow ? 0 : !hasAbove ? points : Math.floor(points / 2);
  return place < lower
    ? between(below, best, place, lower, scale)
    : between(best, above, place - lower, points - lower, scale);
}

/** Value number `place` of so many within a gap. */
function between(
  low: number,
  high: number,
  place: number,
  count: number,
  scale: "linear" | "log",
): number {
  const [a, b] = scale === "log" ? [log(low), log(high)] : [low, high];
  const exact = Array.from({ length: count }, (_, i) => {
    const value = a + (i + 1) / (count + 1) * (b - a);
    return scale === "log" ? exp(value) : value;
  });
  for (let digits = LEAST_DIGITS; digits < 17; digits++) {
    const rounded = exact.map((value) => Number(value.toPrecision(digits)));
    const all = [low, ...rounded, high];
    if (all.every((value, i) => i === 0 || value > all[i - 1])) return rounded[place];
  }
  return exact[place];
}
