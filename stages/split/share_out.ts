/**
 * Shares out each class over parts by weights, so that each share is its exact part rounded down
 * or up, and that the parts' totals drift from theirs as little as that allows: what one class's
 * rounding took from a part, the next one gives back.
 *
 * No part with a weight stays empty in a class that has enough images; this alone may move a
 * share further than one from its exact part.
 *
 * @param counts Number of images of each class.
 * @param weights Positive weights of the parts.
 * @returns For each class its shares, in the order of the weights.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(shareOut([5, 5], [1, 1]), [[3, 2], [2, 3]]);
 * ```
 */
export function shareOut(counts: readonly number[], weights: readonly number[]): number[][] {
  const sum = weights.reduce((sum, weight) => sum + weight, 0);
  const owed = weights.map(() => 0);
  return counts.map((count) => {
    const exact = weights.map((weight) => count * weight / sum);
    const shares = exact.map((part) => Math.floor(part + 1e-9));
    const rest = count - shares.reduce((sum, share) => sum + share, 0);
    const claim = weights.map((_, p) => exact[p]! - shares[p]! + owed[p]!);
    const order = weights.map((_, p) => p)
      // A part whose exact share is whole is not rounded up, whatever it is owed.
      .filter((p) => exact[p]! - shares[p]! > 1e-9)
      .sort((a, b) => claim[b]! - claim[a]! || a - b);
    for (const p of order.slice(0, rest)) shares[p]!++;
    if (count >= weights.length) fillEmpty(shares);
    for (const p of weights.keys()) owed[p]! += exact[p]! - shares[p]!;
    return shares;
  });
}

/** Gives each empty share one from the largest. */
function fillEmpty(shares: number[]): void {
  for (let p = shares.indexOf(0); p >= 0; p = shares.indexOf(0)) {
    shares[shares.indexOf(Math.max(...shares))]!--;
    shares[p] = 1;
  }
}
