/**
 * Finds what a misspelt name was probably meant to be.
 *
 * @module
 */

/**
 * The candidate closest to `name`, or `undefined` if none is close: equal up to case and
 * separators, the words whose initials it is, or at most a third of its characters away (insert,
 * delete, replace, swap neighbours).
 *
 * @example
 * ```ts
 * import { suggest } from "./suggest.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(suggest("learning_rate", ["epochs", "learningRate"]), "learningRate");
 * assert.equal(suggest("lr", ["l1", "learningRate"]), "learningRate");
 * assert.equal(suggest("zebra", ["epochs", "learningRate"]), undefined);
 * ```
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const bare = simplify(name);
  const ofWords = all.find((candidate) => bare.length > 1 && initials(candidate) === bare);
  if (ofWords !== undefined) return ofWords;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of all) {
    if (simplify(candidate) === bare && candidate !== name) return candidate;
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(name, candidate);
    if (distance > 0 && distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** A hint that names the closest candidate, else lists all of them where they are few. */
export function hintFrom(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const close = suggest(name, all);
  if (close !== undefined) return `did you mean ${close}?`;
  if (all.length === 0 || all.length > 24) return undefined;
  return `known: ${all.join(", ")}`;
}

/** `lr` of `learningRate`. */
function initials(name: string): string {
  return (name.match(/^[a-z]|[A-Z]/g) ?? []).join("").toLowerCase();
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}

/** Damerau–Levenshtein distance with adjacent swaps (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, above[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = above;
    above = row;
  }
  return above[b.length];
}
