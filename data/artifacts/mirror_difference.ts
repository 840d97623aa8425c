import type { Difference } from "./comparison.ts";

/** The same difference with the sides exchanged: right minus left. */
export function mirrorDifference(
  { difference, low, high, perReplicate, seeds }: Difference,
): Difference {
  return {
    difference: negate(difference),
    low: negate(high),
    high: negate(low),
    perReplicate: perReplicate.map(negate),
    seeds: seeds && { different: seeds.different, greater: seeds.less, less: seeds.greater },
  };
}

/** Without a negative zero. */
function negate(value: number | null): number | null {
  return value === null ? null : 0 - value;
}
