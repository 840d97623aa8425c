import { GREATEST_WEIGHT } from "./tree_grower.ts";

/** How classes weigh in a forest. */
export type ClassWeight = "uniform" | "balanced";

/**
 * Weight of a sample of each class, an integer: 1, or, balanced, inversely proportional to the
 * number of the class's samples and as large as trees can take. A weight's scale changes nothing.
 *
 * @param labels Class of each sample `[n]`, n ≤ 2²⁶.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const labels = new Int32Array([0, 0, 0, 1]);
 * assert.deepEqual([...classWeights(labels, 2, "uniform")], [1, 1]);
 * const [common, rare] = classWeights(labels, 2, "balanced");
 * assert.ok(Math.abs(rare / common - 3) < 1e-6);
 * ```
 */
export function classWeights(labels: Int32Array, classes: number, kind: ClassWeight): Int32Array {
  if (kind === "uniform") return new Int32Array(classes).fill(1);
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label]++;
  const least = Math.min(...counts.filter((count) => count > 0));
  const greatest = Math.floor(GREATEST_WEIGHT / labels.length);
  return counts.map((count) =>
    count === 0 ? 0 : Math.max(1, Math.floor(greatest * least / count + 0.5))
  );
}
