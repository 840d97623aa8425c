import assert from "node:assert/strict";
import fc from "fast-check";
import { DISTANCES, NearestRows } from "./nearest_rows.ts";

Deno.test("NearestRows are those that a full sort gives, the first among equals", () => {
  const vector = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 3, maxLength: 3 })
    .map((values) => Float32Array.from(values));
  fc.assert(
    fc.property(
      fc.array(vector, { minLength: 1, maxLength: 30 }),
      fc.array(vector, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom("euclidean" as const, "cosine" as const),
      (rows, queries, count, distance) => {
        const found = new NearestRows({ queries, count, distance });
        rows.forEach((row) => found.add(row));
        queries.forEach((query, i) => {
          const all = rows.map((row, index) => ({
            index,
            distance: DISTANCES[distance](query, row),
          }));
          all.sort((a, b) => a.distance - b.distance || a.index - b.index);
          assert.deepEqual(found.nearest[i], all.slice(0, count));
        });
      },
    ),
  );
});

Deno.test("distances are those of their formulas", () => {
  const [a, b] = [new Float32Array([1, 0]), new Float32Array([3, 3])];
  assert.equal(DISTANCES.euclidean(a, b), Math.sqrt(13));
  assert.equal(DISTANCES.cosine(a, b), 1 - 3 / Math.sqrt(18));
  assert.equal(DISTANCES.cosine(a, new Float32Array(2)), 1);
  assert.equal(DISTANCES.cosine(a, new Float32Array([-2, 0])), 2);
});
