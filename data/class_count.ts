import { CHARACTER_SETS, type CharacterSet, charactersOf } from "./letterforms/characters.ts";
import { SOURCES } from "./sources.ts";

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
  const { source, characters } = (section ?? {}) as { source?: unknown; characters?: unknown };
  if (source === "letterforms") {
    const known = CHARACTER_SETS.includes(characters as CharacterSet);
    return known ? charactersOf(characters as CharacterSet).length : undefined;
  }
  return SOURCES.find(({ name }) => name === source)?.classes.length;
}
