import { beta } from "../random/beta.ts";
import type { Random } from "../random/stream.ts";
import type { MixUp } from "./regularization.ts";

/**
 * Draws an epoch's mixtures: of each batch one share from Beta(α, α), and an order in which its
 * samples are each other's partners.
 *
 * Zhang et al., *mixup: beyond empirical risk minimization*, ICLR 2018.
 *
 * @param n Samples of the epoch.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../random/stream.ts";
 *
 * const { partners } = drawMixUp(stream(1, "mixup").sub(1), { n: 5, batchSize: 2, alpha: 0.2 });
 * assert.deepEqual([...partners].sort(), [0, 1, 2, 3, 4]);
 * assert.equal(partners[4], 4); // Alone in the last batch.
 * ```
 */
export function drawMixUp(
  random: Random,
  { n, batchSize, alpha }: { n: number; batchSize: number; alpha: number },
): MixUp {
  const partners = new Int32Array(n);
  const shares: number[] = [];
  for (let from = 0; from < n; from += batchSize) {
    const size = Math.min(batchSize, n - from);
    shares.push(beta(random, alpha, alpha));
    partners.set(random.permutation(size).map((place) => from + place), from);
  }
  return { partners, share: (step) => shares[step] };
}
