/** Names of the sets of characters. */
export const CHARACTER_SETS = ["look-alikes", "latin1"] as const;

/** A set of characters: `look-alikes`, 15 of them, or `latin1`, 156. */
export type CharacterSet = typeof CHARACTER_SETS[number];

/** Fifteen characters that are easy to take for one another. */
const LOOK_ALIKES = "Il1ijJO0oQCGcea";

/**
 * The characters of a set, each one class: for `look-alikes` by resemblance; for `latin1` the
 * printable ASCII characters without the space and the accented letters À to ÿ, in Unicode's order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(charactersOf("look-alikes").join(""), "Il1ijJO0oQCGcea");
 * assert.equal(charactersOf("latin1").length, 156);
 * ```
 */
export function charactersOf(set: CharacterSet): string[] {
  if (set === "look-alikes") return [...LOOK_ALIKES];
  return [...range(0x21, 0x7e), ...range(0xc0, 0xff).filter((c) => c !== 0xd7 && c !== 0xf7)]
    .map((code) => String.fromCodePoint(code));
}

/** `U+0049` for `I`. */
export function codeName(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
