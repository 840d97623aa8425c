import { dot } from "./dot.ts";
import type { Objective, Valued } from "./objective.ts";

/** Share of the expected decrease that a step must bring (c₁). */
const DECREASE = 1e-4;
/** Share of the slope that may be left at its end (c₂). */
const CURVATURE = 0.9;
/** Evaluations of a search, at most. */
const MOST = 25;

/** A step length with what was found there. */
interface Trial extends Valued {
  length: number;
  slope: number;
}

/**
 * A point along a direction of descent that satisfies the strong Wolfe conditions: steps grow until
 * they bracket one, then the bracket shrinks by cubic interpolation, kept from its ends, where it is
 * bisected. Where rounding ends the search early, the best point that is lower than the start.
 *
 * Nocedal & Wright, *Numerical optimization*, 2006, algorithms 3.5 and 3.6.
 *
 * @param length The step length that is tried first.
 * @returns `undefined` where no lower point was found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const objective = (point: Float64Array) =>
 *   Promise.resolve({ point, value: point[0] ** 2, gradient: point.map((x) => 2 * x) });
 * const start = await objective(new Float64Array([3]));
 * const found = await lineSearch(start, new Float64Array([-6]), 1, objective);
 * assert.ok(found !== undefined && found.value < start.value);
 * ```
 */
export async function lineSearch(
  start: Valued,
  direction: Float64Array,
  length: number,
  objective: Objective,
): Promise<Valued | undefined> {
  const slope = dot(start.gradient, direction);
  if (!(slope < 0)) return undefined;
  const at = async (length: number): Promise<Trial> => {
    const found = await objective(start.point.map((x, i) => x + length * direction[i]));
    return { ...found, length, slope: dot(found.gradient, direction) };
  };
  const isLow = (trial: Trial) => trial.value <= start.value + DECREASE * trial.length * slope;
  const isFlat = (trial: Trial) => Math.abs(trial.slope) <= -CURVATURE * slope;
  let low: Trial = { ...start, length: 0, slope };
  let high: Trial | undefined;
  let next = length;
  for (let i = 0; i < MOST; i++) {
    const trial = await at(next);
    if (!isLow(trial) || trial.value >= low.value && low.length > 0 || Number.isNaN(trial.value)) {
      high = trial;
    } else if (isFlat(trial)) return trial;
    else {
      if (high === undefined ? trial.slope >= 0 : trial.slope * (high.length - low.length) >= 0) {
        high = low;
      }
      low = trial;
    }
    if (high === undefined) next = 2 * low.length;
    else {
      if (Math.abs(high.length - low.length) <= 1e-12 * Math.max(high.length, low.length)) break;
      next = between(low, high);
    }
  }
  return low.length > 0 && low.value < start.value ? low : undefined;
}

/** Where a cubic through both ends with their slopes is least, or the middle. */
function between(low: Trial, high: Trial): number {
  const width = high.length - low.length;
  const d1 = low.slope + high.slope - 3 * (low.value - high.value) / (low.length - high.length);
  const d2 = Math.sign(width) * Math.sqrt(d1 * d1 - low.slope * high.slope);
  const least = high.length -
    width * (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2);
  const inside = (least - low.length) / width;
  return inside > 0.1 && inside < 0.9 ? least : low.length + width / 2;
}
