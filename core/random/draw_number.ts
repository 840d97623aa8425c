import { exp } from "../math/exp.ts";
import { log } from "../math/log.ts";
import type { Random } from "./stream.ts";

/** Where a number is drawn from; both ends may be drawn. */
export interface NumberRange {
  /** Uniform, uniform in the logarithm, or a uniform integer. */
  scale: "uniform" | "log" | "integer";
  low: number;
  /** Greater than `low`. */
  high: number;
  /** Significant digits that a number is rounded to, in [1, 15]; an integer keeps all of its own. */
  digits: number;
}

/**
 * Draws a number. `uniform` takes low + u (high − low) and `log` the exponential of that between
 * the logarithms, with u of {@linkcode Random.float64}; rounding never leaves the range.
 *
 * @throws {RangeError} if the ends are not in order, or not those of the scale.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "./stream.ts";
 *
 * const random = stream(1, "search");
 * const rate = drawNumber(random, { scale: "log", low: 1e-4, high: 1, digits: 3 });
 * assert.ok(rate >= 1e-4 && rate <= 1);
 * assert.equal(rate, Number(rate.toPrecision(3)));
 * ```
 */
export function drawNumber(random: Random, { scale, low, high, digits }: NumberRange): number {
  const isWhole = Number.isSafeInteger(low) && Number.isSafeInteger(high);
  const fits = scale === "log" ? low > 0 : scale === "integer" ? isWhole : true;
  if (!(low < high && Number.isFinite(high - low)) || !fits) {
    const ends = scale === "log"
      ? "positive numbers"
      : scale === "integer"
      ? "integers"
      : "numbers";
    throw new RangeError(
      `Cannot draw a number as its range must be of two ${ends}, the least first: ` +
        `current range is [${low}, ${high}]`,
    );
  }
  if (scale === "integer") return low + random.integer(high - low + 1);
  const u = random.float64();
  const [a, b] = scale === "log" ? [log(low), log(high)] : [low, high];
  const between = a + u * (b - a);
  const drawn = Number((scale === "log" ? exp(between) : between).toPrecision(digits));
  return Math.min(Math.max(drawn, low), high);
}
