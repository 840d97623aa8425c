import fc from "fast-check";
import { assertClose, assertSameBits, content, type Kind } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";

/** How a core's numbers are held to the reference's. */
export interface Agreement {
  /** For the tests' names: `to the bit`. */
  how: string;
  /** Fails unless the arrays agree. */
  check: (actual: Float32Array, expected: Float32Array, what: string) => void;
  /** What arrays hold, and from which seed. */
  content: fc.Arbitrary<{ seed: number; kind: Kind }>;
  /** Runs of a property. */
  runs: (numRuns: number) => { numRuns: number; seed?: number };
}

/**
 * To the bit on any values, or within the tolerance that a core states.
 *
 * Rounding may turn what such a core computes altogether where a value is not finite, subnormal or
 * about to overflow (NaN for an infinity, zero for a subnormal), so it is compared on ordinary
 * values; and next to a jump such as that of a sign, so its cases are the same each time.
 */
export function agreement({ tolerance }: CoreUnderTest): Agreement {
  if (tolerance === undefined) {
    return {
      how: "to the bit",
      check: assertSameBits,
      content,
      runs: (numRuns) => ({ numRuns }),
    };
  }
  return {
    how: "within its tolerance",
    check: (actual, expected, what) => assertClose(actual, expected, tolerance, what),
    content: fc.record({ seed: fc.nat(1e9), kind: fc.constant<Kind>("ordinary") }),
    runs: (numRuns) => ({ numRuns, seed: 1 }),
  };
}
