/**
 * McNemar's exact test of two classifiers on the same samples (McNemar 1947): were both right
 * equally often, the samples that only one of them gets right would fall to either with
 * probability ½.
 *
 * p is two-sided: min(1, 2·P(X ≤ min(b, c))) with X ~ Bin(b + c, ½); 1 without disagreement. It is
 * within 1e-9 of the exact value, relatively, for b + c up to a million, and 0 below 5e-324.
 *
 * @param onlyLeft b: samples that only the left classifier gets right.
 * @param onlyRight c: samples that only the right one does.
 * @throws {RangeError} unless both are integers ≥ 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(mcnemar(10, 2), 0.03857421875);
 * ```
 */
export function mcnemar(onlyLeft: number, onlyRight: number): number {
  for (const count of [onlyLeft, onlyRight]) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(
        `Cannot compute McNemar's test as counts must be integers from 0 up: current value is ${count}`,
      );
    }
  }
  return Math.min(1, 2 * halfBinomialTail(Math.min(onlyLeft, onlyRight), onlyLeft + onlyRight));
}

/**
 * P(X ≤ m) for X ~ Bin(n, ½), m ≤ n/2: the term at m times 1 + m/(n−m+1)·(1 + (m−1)/(n−m+2)·(…)),
 * computed from the innermost parenthesis outwards, the smallest terms first.
 */
function halfBinomialTail(m: number, n: number): number {
  let series = 1;
  for (let i = 1; i <= m; i++) series = 1 + series * i / (n - i + 1);
  let term = 1; // times 2^exponent: C(n, m)·2^−n, whose factors leave binary64's range
  let exponent = -n;
  for (let j = 1; j <= m; j++) {
    term = term * (n - m + j) / j;
    if (term >= HUGE) {
      term /= HUGE;
      exponent += 512;
    }
  }
  let tail = term * series;
  for (; exponent <= -512; exponent += 512) tail /= HUGE;
  for (; exponent < 0; exponent++) tail /= 2;
  return tail;
}

const HUGE = 1.3407807929942597e154; // 2⁵¹²
