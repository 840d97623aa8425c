/** p-values of {@linkcode signFlipTest}. */
export interface SignFlipResult {
  /** Two-sided: the mean is not 0. */
  different: number;
  /** One-sided: the mean is above 0. */
  greater: number;
  /** One-sided: the mean is below 0. */
  less: number;
}

/** Most differences whose signs are flipped in all 2ⁿ ways. */
export const MOST_FLIPPED = 20;

/**
 * The exact sign-flip test of paired differences (Fisher 1935, §21): did the sign of each come from
 * a fair coin, how often would their sum be as far out as it is?
 *
 * All 2ⁿ sums are formed, each in the order given; one within 1e-12·Σ|d| of the observed sum counts
 * as equal to it. The least possible p is 2⁻ⁿ one-sided and 2¹⁻ⁿ two-sided: with five seeds 0.031
 * and 0.0625.
 *
 * @throws {RangeError} unless there are 1 to 20 finite differences.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(signFlipTest([3, 1, 4, 1, 5]), { different: 0.0625, greater: 0.03125, less: 1 });
 * ```
 */
export function signFlipTest(differences: readonly number[]): SignFlipResult {
  const n = differences.length;
  if (n === 0 || n > MOST_FLIPPED || !differences.every(Number.isFinite)) {
    throw new RangeError(
      `Cannot flip signs as there must be 1 to ${MOST_FLIPPED} finite differences: ` +
        `current values are ${differences.slice(0, 25).join(", ")}`,
    );
  }
  let observed = 0;
  let size = 0;
  for (const difference of differences) {
    observed += difference;
    size += Math.abs(difference);
  }
  const slack = 1e-12 * size;
  const ways = 1 << n;
  let different = 0;
  let greater = 0;
  let less = 0;
  for (let signs = 0; signs < ways; signs++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (signs >> i) & 1 ? -differences[i] : differences[i];
    if (Math.abs(sum) >= Math.abs(observed) - slack) different++;
    if (sum >= observed - slack) greater++;
    if (sum <= observed + slack) less++;
  }
  return { different: different / ways, greater: greater / ways, less: less / ways };
}
