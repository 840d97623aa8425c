import type { PrecisionRecallF1 } from "./class_scores.ts";

/** A class's value. */
export interface ClassValue {
  value: number;
  /** Index of the class, the first among equals. */
  class: number;
}

/**
 * The least or greatest precision, recall and F1, over the classes that have samples: of a class
 * without, nothing can be told.
 *
 * @throws {RangeError} if no class has samples.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scoreClasses } from "./class_scores.ts";
 *
 * const scores = scoreClasses(new Int32Array([3, 0, 1, 0]), 2);
 * assert.deepEqual(extremeClasses(scores, "minimum").recall, { value: 0, class: 1 });
 * ```
 */
export function extremeClasses(
  scores: readonly (PrecisionRecallF1 & { support: number })[],
  which: "minimum" | "maximum",
): Record<keyof PrecisionRecallF1, ClassValue> {
  const find = (name: keyof PrecisionRecallF1): ClassValue => {
    let found: ClassValue | undefined;
    scores.forEach(({ [name]: value, support }, index) => {
      if (support === 0) return;
      const better = found === undefined ||
        (which === "minimum" ? value < found.value : value > found.value);
      if (better) found = { value, class: index };
    });
    if (found === undefined) {
      throw new RangeError(`Cannot find the ${which} ${name} as no class has samples`);
    }
    return found;
  };
  return { precision: find("precision"), recall: find("recall"), f1: find("f1") };
}
