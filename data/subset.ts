import type { Random } from "../core/random/stream.ts";
import { apportion } from "./apportion.ts";

/**
 * Chooses so many of the images at random, in proportion to the classes.
 *
 * @param labels Class of each image.
 * @param limit How many to choose at most.
 * @returns Their indices, in ascending order; all of them if there are not more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../core/random/stream.ts";
 *
 * const chosen = chooseSubset(["a", "b", "a", "b"], 2, stream(1, "data"));
 * assert.equal(chosen.filter((i) => i % 2 === 0).length, 1);
 * ```
 */
export function chooseSubset(
  labels: readonly (string | number)[],
  limit: number,
  random: Random,
): number[] {
  if (labels.length <= limit) return labels.map((_, i) => i);
  const byClass = new Map<string | number, number[]>();
  for (const [i, label] of labels.entries()) {
    const members = byClass.get(label);
    if (members === undefined) byClass.set(label, [i]);
    else members.push(i);
  }
  const classes = [...byClass.values()];
  const shares = apportion(limit, classes.map((members) => members.length));
  return classes
    .flatMap((members, c) => random.sub(c).shuffle(members).slice(0, shares[c]))
    .sort((a, b) => a - b);
}
