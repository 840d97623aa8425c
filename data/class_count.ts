import { classNames } from "./class_names.ts";

/**
 * Number of classes of a study's section `data`, as far as the section itself tells: `undefined`
 * where only the files do.
 *
 * @param section The section as its stage resolved it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(classCount({ source: "letterforms", characters: "look-alikes" }), 15);
 * assert.equal(classCount({ source: "mnist" }), 10);
 * assert.equal(classCount({ source: "elsewhere" }), undefined);
 * ```
 */
export function classCount(section: unknown): number | undefined {
  return classNames(section)?.length;
}
