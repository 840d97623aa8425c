/**
 * Samples of an epoch that are mixed with each other.
 *
 * @module
 */
import type { InBatchesResult } from "./batches.ts";
import type { MixUp } from "../regularization.ts";

/** The mixing of some of an epoch's samples, places and steps counted from theirs. */
export function partOf(
  { partners, share }: MixUp,
  from: number,
  size: number,
  first: number,
): MixUp {
  return {
    partners: partners.subarray(from, from + size).map((place) => place - from),
    share: (step) => share(first + step),
  };
}

/**
 * What was predicted well, with what was before: each sample counts by the share of its label, and
 * of its partner's, where they were predicted.
 */
export function countMixed(
  { predicted, labels }: InBatchesResult,
  { partners, share }: MixUp,
  batchSize: number,
  before: number,
): number {
  // Added one by one to what earlier parts have, so that parts make no difference.
  let count = before;
  predicted.forEach((own, i) => {
    const of = share(Math.floor(i / batchSize));
    if (own === labels[i]) count += of;
    if (own === labels[partners[i]]) count += 1 - of;
  });
  return count;
}
