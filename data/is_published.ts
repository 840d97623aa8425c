import { SOURCES } from "./sources.ts";

/**
 * Whether a study's section `data` names a published set: its test set is its own, and its images
 * have no groups.
 *
 * @param section The section as its stage resolved it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(isPublished({ source: "fashion-mnist" }));
 * assert.ok(!isPublished({ source: "letterforms" }));
 * ```
 */
export function isPublished(section: unknown): boolean {
  const { source } = (section ?? {}) as { source?: unknown };
  return SOURCES.some(({ name }) => name === source);
}
