/**
 * Whether a replicate stands beside another one that has fewer coordinates: all of the latter's are
 * its own too. Replicates are called by their labels; an empty one stands for all.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(standsBeside("fold=2 seed=1", "fold=2"));
 * assert.ok(standsBeside("seed=1", ""));
 * assert.ok(!standsBeside("fold=12", "fold=1"));
 * ```
 */
export function standsBeside(replicate: string, other: string): boolean {
  const own = replicate.split(" ");
  return other === "" || other.split(" ").every((coordinate) => own.includes(coordinate));
}
