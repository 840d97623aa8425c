/**
 * How small a difference in accuracy McNemar's test can show.
 *
 * @module
 */
import { mcnemar } from "./mcnemar.ts";
import { normalQuantile } from "./normal.ts";

/**
 * The least |b − c| among d = b + c disagreements that is significant at a level; `null` if even
 * c = 0 is not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(leastSignificantSplit(20, 0.05), 10); // 15 against 5
 * ```
 */
export function leastSignificantSplit(disagreements: number, level: number): number | null {
  const significant = (fewer: number) => mcnemar(fewer, disagreements - fewer) <= level;
  if (!significant(0)) return null;
  let low = 0; // significant
  let high = Math.floor(disagreements / 2) + 1; // not so
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (significant(middle)) low = middle;
    else high = middle;
  }
  return disagreements - 2 * low;
}

/**
 * The least number of disagreements that can be significant at a level at all, all of them in
 * favour of one side: the least d with 2·2⁻ᵈ ≤ level.
 *
 * @throws {RangeError} unless the level is in (0, 1].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(leastDisagreements(0.05), 6);
 * ```
 */
export function leastDisagreements(level: number): number {
  checkShare("level", level);
  let d = 0;
  while (mcnemar(0, d) > level) d++;
  return d;
}

/** Options for {@linkcode differenceAtPower}. */
export interface DifferenceAtPowerOptions {
  /** Number of samples n, at least 1. */
  samples: number;
  /** Expected share of samples that one side alone gets right, ψ in [0, 1]. */
  discordance: number;
  /** Two-sided level of the test, in (0, 1). */
  level: number;
  /** Chance to find the difference, in (0, 1): 0.8. */
  power: number;
}

/**
 * The difference in accuracy δ that McNemar's test finds with a given power, by the normal
 * approximation n·δ² = (z₁₋α/₂·√ψ + z₁₋β·√(ψ − δ²))² (Miettinen 1968; Connor 1987), solved by
 * bisection; `null` where no δ ≤ ψ is large enough.
 *
 * @throws {RangeError} if an option is out of its range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const design = { samples: 300, discordance: 0.1, level: 0.05, power: 0.8 };
 * assert.ok(Math.abs(differenceAtPower(design) - 0.05095) < 1e-5);
 * ```
 */
export function differenceAtPower(options: DifferenceAtPowerOptions): number | null {
  const { samples, discordance, level, power } = options;
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(
      `Cannot compute power as the number of samples must be an integer from 1 up: current value is ${samples}`,
    );
  }
  if (!(discordance >= 0 && discordance <= 1)) {
    throw new RangeError(
      `Cannot compute power as the discordance must be in [0, 1]: current value is ${discordance}`,
    );
  }
  checkShare("level", level);
  checkShare("power", power);
  const zLevel = normalQuantile(1 - level / 2);
  const zPower = normalQuantile(power);
  const found = (delta: number) =>
    Math.sqrt(samples) * delta >=
      zLevel * Math.sqrt(discordance) + zPower * Math.sqrt(discordance - delta * delta);
  if (discordance === 0 || !found(discordance)) return null;
  let low = 0;
  let high = discordance;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (found(middle)) high = middle;
    else low = middle;
  }
}

function checkShare(name: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(
      `Cannot compute power as the ${name} must be in (0, 1): current value is ${value}`,
    );
  }
}
