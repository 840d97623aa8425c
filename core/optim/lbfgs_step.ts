import { dot } from "./dot.ts";
import { lineSearch } from "./line_search.ts";
import type { Objective, Valued } from "./objective.ts";

/** Where the method is between two iterations. */
export interface LbfgsState {
  at: Valued;
  /** The last steps s and changes of the gradient y, the oldest first. */
  pairs: { s: Float64Array; y: Float64Array }[];
}

/** Options of {@linkcode lbfgsStep}. */
export interface LbfgsOptions {
  /** m, how many pairs are kept. */
  memory: number;
  /** The step length that is tried first. */
  firstLength: number;
}

/**
 * One iteration of L-BFGS: the direction by the two-loop recursion, a step length by line search.
 *
 * Nocedal & Wright, *Numerical optimization*, 2006, algorithms 7.4 and 7.5.
 *
 * @returns The next state, or `undefined` where no step length brings the value down any more.
 *
 * @example The least of (x − 3)² + 1
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const objective = (point: Float64Array) => Promise.resolve({
 *   point,
 *   value: (point[0] - 3) ** 2 + 1,
 *   gradient: new Float64Array([2 * (point[0] - 3)]),
 * });
 * let state: LbfgsState = { at: await objective(new Float64Array([0])), pairs: [] };
 * for (let i = 0; i < 3; i++) {
 *   state = await lbfgsStep(state, objective, { memory: 5, firstLength: 1 }) ?? state;
 * }
 * assert.ok(Math.abs(state.at.point[0] - 3) < 1e-9);
 * ```
 */
export async function lbfgsStep(
  { at, pairs }: LbfgsState,
  objective: Objective,
  { memory, firstLength }: LbfgsOptions,
): Promise<LbfgsState | undefined> {
  const direction = descent(at.gradient, pairs);
  // Without curvature the gradient alone says nothing of the step's length.
  const norm = at.gradient.reduce((sum, g) => sum + Math.abs(g), 0);
  const length = pairs.length === 0 ? Math.min(1, 1 / norm) * firstLength : firstLength;
  const next = await lineSearch(at, direction, length, objective);
  if (next === undefined) {
    // Stale curvature may have led astray: the gradient itself gets a chance.
    return pairs.length === 0
      ? undefined
      : await lbfgsStep({ at, pairs: [] }, objective, { memory, firstLength });
  }
  const s = difference(next.point, at.point), y = difference(next.gradient, at.gradient);
  const kept = dot(s, y) > 0 ? [...pairs, { s, y }].slice(-memory) : pairs;
  return { at: next, pairs: kept };
}

/** −H·g by the two-loop recursion. */
function descent(gradient: Float64Array, pairs: LbfgsState["pairs"]): Float64Array {
  const q = gradient.slice();
  const weights: number[] = [];
  for (const { s, y } of pairs.toReversed()) {
    const weight = dot(s, q) / dot(y, s);
    weights.unshift(weight);
    for (let i = 0; i < q.length; i++) q[i] -= weight * y[i];
  }
  const last = pairs.at(-1);
  const scale = last === undefined ? 1 : dot(last.s, last.y) / dot(last.y, last.y);
  for (let i = 0; i < q.length; i++) q[i] *= scale;
  pairs.forEach(({ s, y }, j) => {
    const weight = weights[j] - dot(y, q) / dot(y, s);
    for (let i = 0; i < q.length; i++) q[i] += weight * s[i];
  });
  for (let i = 0; i < q.length; i++) q[i] = -q[i];
  return q;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]);
}
