import assert from "node:assert/strict";
import fc from "fast-check";
import { binEdges, binOf } from "./bin_edges.ts";
import { binFeatures } from "./bin_features.ts";

const values = fc.array(
  fc.oneof(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1, 2, 3.4028234663852886e38, -3.4028234663852886e38, 2 ** -149),
  ),
  { minLength: 1, maxLength: 80 },
);

Deno.test("bins keep the order of the values, and edges tell them apart", () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 256 }), (given, bins) => {
      const sorted = Float32Array.from(given).sort();
      const edges = binEdges(sorted, bins);
      assert.ok(edges.length < bins);
      edges.forEach((edge, i) =>
        assert.ok(Number.isFinite(edge) && (i === 0 || edges[i - 1] < edge))
      );
      const distinct = new Set(sorted.map((value) => value === 0 ? 0 : value)).size;
      if (distinct <= bins) assert.equal(edges.length, distinct - 1);
      for (const value of sorted) {
        const bin = binOf(edges, value);
        assert.equal(bin, edges.filter((edge) => edge < value).length);
        // A tree that splits bins splits the values alike.
        edges.forEach((edge, i) => assert.equal(bin <= i, value <= edge));
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("bins of many values are about equally full", () => {
  const sorted = Float32Array.from({ length: 1000 }, (_, i) => i * i);
  const edges = binEdges(sorted, 10);
  assert.equal(edges.length, 9);
  const counts = new Array(10).fill(0);
  for (const value of sorted) counts[binOf(edges, value)]++;
  assert.deepEqual(counts, new Array(10).fill(100));
});

Deno.test("a value that is frequent has a bin, and the others share the rest", () => {
  const sorted = Float32Array.from({ length: 100 }, (_, i) => Math.max(0, i - 79)); // 0 80 times
  assert.deepEqual([...binEdges(sorted, 2)], [0.5]);
  assert.deepEqual([...binEdges(sorted, 5)], [0.5, 5.5, 10.5, 15.5]);
  assert.equal(binEdges(sorted, 21).length, 20);
});

Deno.test("features are binned each by its own", () => {
  const x = new Float32Array([1, 5, 2, 5, 3, 5]);
  const { codes, edges } = binFeatures(x, 3, 2, 256);
  assert.deepEqual([...codes], [0, 1, 2, 0, 0, 0]);
  assert.deepEqual(edges.map((own) => [...own]), [[1.5, 2.5], []]);
});
