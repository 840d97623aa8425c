/**
 * Finds a key that an object of a JSON text holds twice, which `JSON.parse` passes over.
 *
 * @param text A text that `JSON.parse` accepts.
 * @returns The first such key, or undefined.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(findDuplicateKey('{"a": {"b": 1}, "b": 2, "\\u0061": 3}'), "a");
 * assert.equal(findDuplicateKey('[{"a": 1}, {"a": 1}]'), undefined);
 * ```
 */
export function findDuplicateKey(text: string): string | undefined {
  // One set for each object around the place, undefined for each array.
  const open: (Set<string> | undefined)[] = [];
  const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\]]/g;
  for (const [token, quoted, colon] of text.matchAll(tokens)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (quoted !== undefined && colon !== undefined) {
      const key = JSON.parse(quoted) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
