import { CHARACTER_SETS, type CharacterSet, charactersOf } from "./letterforms/characters.ts";
import { SOURCES } from "./sources.ts";

/**
 * Names of the classes of a study's section `data`, in order, as far as the section itself tells:
 * `undefined` where only the files do.
 *
 * @param section The section as its stage resolved it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const letters = classNames({ source: "letterforms", characters: "look-alikes" });
 * assert.deepEqual(letters?.slice(0, 3), ["I", "l", "1"]);
 * assert.equal(classNames({ source: "elsewhere" }), undefined);
 * ```
 */
export function classNames(section: unknown): readonly string[] | undefined {
  const { source, characters } = (section ?? {}) as { source?: unknown; characters?: unknown };
  if (source === "letterforms") {
    const known = CHARACTER_SETS.includes(characters as CharacterSet);
    return known ? charactersOf(characters as CharacterSet) : undefined;
  }
  return SOURCES.find(({ name }) => name === source)?.classes;
}
