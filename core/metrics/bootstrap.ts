import { type Random, stream } from "../random/stream.ts";

/** How bootstrap intervals are made. */
export interface BootstrapOptions {
  /** Number of resamples, at least 1. */
  samples: number;
  /** Share of the resamples within the interval, in (0, 1). */
  confidence: number;
  seed: number;
}

/** An interval of values, both ends in it. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Resamples of n units (Efron 1979): each is n draws with replacement, without strata. Resample
 * number i comes from `stream(seed, "bootstrap").sub(i)` alone.
 *
 * @yields A number in [0, n) for each draw.
 * @throws {RangeError} unless n is an integer ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const values = [1, 2, 3, 4];
 * const means = [...resamples(values.length, { samples: 2000, seed: 1 })].map((rows) =>
 *   rows.reduce((sum, row) => sum + values[row], 0) / rows.length
 * );
 * assert.equal(means.length, 2000);
 * assert(means.every((mean) => mean >= 1 && mean <= 4));
 * ```
 */
export function* resamples(
  n: number,
  { samples, seed }: Pick<BootstrapOptions, "samples" | "seed">,
): Generator<Int32Array> {
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(
      `Cannot resample as there must be at least 1 unit: current number is ${n}`,
    );
  }
  const random = stream(seed, "bootstrap");
  for (let i = 0; i < samples; i++) yield resample(n, random.sub(i));
}

function resample(n: number, random: Random): Int32Array {
  const rows = new Int32Array(n);
  for (let j = 0; j < n; j++) rows[j] = random.integer(n);
  return rows;
}

/**
 * The percentile interval of a statistic (Efron & Tibshirani 1993, §13.3): its quantiles at
 * (1 ∓ confidence)/2 over resamples.
 *
 * @param values The statistic of each resample, finite.
 * @throws {RangeError} if there is none, one is not finite, or the confidence is not in (0, 1).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(percentileInterval(new Float64Array([1, 2, 3, 4, 5]), 0.5), { low: 2, high: 4 });
 * ```
 */
export function percentileInterval(values: Float64Array, confidence: number): Interval {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `Cannot compute an interval as the confidence must be in (0, 1): current value is ${confidence}`,
    );
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (values.length === 0 || wrong >= 0) {
    throw new RangeError(
      `Cannot compute an interval as it needs finite values: ${
        wrong < 0 ? "there is none" : `the value at ${wrong} is ${values[wrong]}`
      }`,
    );
  }
  const sorted = values.toSorted();
  const tail = (1 - confidence) / 2;
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

/**
 * The quantile of sorted values, by linear interpolation between the two nearest (Hyndman & Fan
 * 1996, type 7; numpy's default).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(quantile(new Float64Array([1, 2, 4]), 0.75), 3);
 * ```
 */
export function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}
