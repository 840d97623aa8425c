import type { Random } from "../../core/random/stream.ts";
import { shareOut } from "./share_out.ts";

/** Options of {@linkcode stratify}. */
export interface StratifyOptions {
  /** Class of each image. */
  labels: readonly string[];
  /** Positive weights of the parts. */
  weights: readonly number[];
  /** What the parts are, for messages: `partitions`, `folds`. */
  parts: string;
  random: Random;
}

/**
 * Deals images at random into parts, each class in proportion to the weights.
 *
 * @returns The part of each image.
 * @throws {RangeError} if a class has fewer images than there are parts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../../core/random/stream.ts";
 *
 * const labels = ["a", "a", "b", "b"];
 * const random = stream(1, "split");
 * const dealt = stratify({ labels, weights: [1, 1], parts: "folds", random });
 * assert.notEqual(dealt[0], dealt[1]);
 * assert.notEqual(dealt[2], dealt[3]);
 * ```
 */
export function stratify({ labels, weights, parts, random }: StratifyOptions): number[] {
  const byClass = new Map<string, number[]>();
  for (const [i, label] of labels.entries()) {
    const members = byClass.get(label);
    if (members === undefined) byClass.set(label, [i]);
    else members.push(i);
  }
  for (const [label, { length }] of byClass) {
    if (length < weights.length) {
      throw new RangeError(
        `Cannot split dataset as class ${JSON.stringify(label)} must have at least ` +
          `${weights.length} images for ${weights.length} ${parts}: current number is ${length}: add images of it, or leave it out`,
      );
    }
  }
  const classes = [...byClass.values()];
  const shares = shareOut(classes.map(({ length }) => length), weights);
  const dealt: number[] = new Array(labels.length);
  for (const [c, members] of classes.entries()) {
    random.sub(c).shuffle(members);
    let next = 0;
    for (const [part, share] of shares[c]!.entries()) {
      for (const i of members.slice(next, next + share)) dealt[i] = part;
      next += share;
    }
  }
  return dealt;
}
