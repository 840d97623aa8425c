import { createHash } from "node:crypto";

/**
 * Finds images whose bytes are equal.
 *
 * @param pixels All images, one after the other.
 * @param count Number of images.
 * @returns Indices of each set of equal images, ascending, in order of their first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(findDuplicates(new Uint8Array([1, 2, 0, 0, 1, 2]), 3), [[0, 2]]);
 * ```
 */
export function findDuplicates(pixels: Uint8Array, count: number): number[][] {
  const size = pixels.length / count;
  const byDigest = new Map<string, number[]>();
  for (let i = 0; i < count; i++) {
    const image = pixels.subarray(i * size, (i + 1) * size);
    const digest = createHash("sha256").update(image).digest("base64");
    const equal = byDigest.get(digest);
    if (equal === undefined) byDigest.set(digest, [i]);
    else equal.push(i);
  }
  return [...byDigest.values()].filter(({ length }) => length > 1);
}
