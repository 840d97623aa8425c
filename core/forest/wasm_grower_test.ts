import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../random/stream.ts";
import { createReferenceGrower } from "./reference/tree_grower.ts";
import type { BinnedSamples, TreeLimits } from "./tree_grower.ts";
import { createWasmGrower } from "./wasm_grower.ts";

const read = (url: URL) => Deno.readFile(url);

/** Samples whose bins tell something of their class, and weights of a bag. */
function draw(
  seed: number,
  { rows, dimension, classes, bins }: Record<"rows" | "dimension" | "classes" | "bins", number>,
): { samples: BinnedSamples; weights: Int32Array } {
  const random = stream(seed, "test");
  const labels = Int32Array.from({ length: rows }, () => random.integer(classes));
  const codes = new Uint8Array(rows * dimension);
  codes.forEach((_, at) => {
    const [feature, row] = [Math.floor(at / rows), at % rows];
    const isInformative = labels[row] === feature % classes && random.integer(2) === 0;
    codes[at] = isInformative ? bins - 1 : random.integer(bins);
  });
  const weights = Int32Array.from({ length: rows }, () => 7 * random.integer(4));
  weights[0] = 3;
  return { samples: { rows, dimension, classes, codes, labels }, weights };
}

const CASES: Record<string, [Parameters<typeof draw>[1], TreeLimits]> = {
  "one sample": [
    { rows: 1, dimension: 1, classes: 1, bins: 1 },
    { maxFeatures: 1, maxDepth: 9, minLeaf: 1 },
  ],
  "features without any difference": [
    { rows: 12, dimension: 9, classes: 3, bins: 1 },
    { maxFeatures: 2, maxDepth: 9, minLeaf: 1 },
  ],
  "two bins a feature": [
    { rows: 90, dimension: 12, classes: 2, bins: 2 },
    { maxFeatures: 3, maxDepth: 40, minLeaf: 1 },
  ],
  "all bins": [
    { rows: 400, dimension: 30, classes: 5, bins: 256 },
    { maxFeatures: 5, maxDepth: 1000, minLeaf: 1 },
  ],
  "many classes, small leaves refused": [
    { rows: 300, dimension: 20, classes: 70, bins: 65 },
    { maxFeatures: 20, maxDepth: 1000, minLeaf: 4 },
  ],
  "shallow trees": [
    { rows: 200, dimension: 16, classes: 4, bins: 100 },
    { maxFeatures: 4, maxDepth: 3, minLeaf: 2 },
  ],
  "a leaf alone": [
    { rows: 30, dimension: 4, classes: 4, bins: 9 },
    { maxFeatures: 2, maxDepth: 0, minLeaf: 1 },
  ],
};

for (const [name, [sizes, limits]] of Object.entries(CASES)) {
  Deno.test(`the compiled grower grows the reference's trees: ${name}`, async () => {
    const { samples, weights } = draw(1, sizes);
    const compiled = await createWasmGrower(samples, limits, read);
    const reference = createReferenceGrower(samples, limits);
    for (const seed of [1, 2]) {
      const random = stream(seed, "forest");
      assert.deepEqual(compiled.grow(weights, random), reference.grow(weights, random));
    }
  });
}

Deno.test("the compiled grower grows the reference's trees, whatever the samples", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.nat(),
        rows: fc.integer({ min: 1, max: 60 }),
        dimension: fc.integer({ min: 1, max: 12 }),
        classes: fc.integer({ min: 1, max: 9 }),
        bins: fc.integer({ min: 1, max: 256 }),
        maxFeatures: fc.integer({ min: 1, max: 12 }),
        maxDepth: fc.integer({ min: 0, max: 12 }),
        minLeaf: fc.integer({ min: 1, max: 5 }),
      }),
      async ({ seed, ...given }) => {
        const { samples, weights } = draw(seed, given);
        const limits = { ...given, maxFeatures: Math.min(given.maxFeatures, given.dimension) };
        const compiled = await createWasmGrower(samples, limits, read);
        const random = stream(seed, "forest");
        const tree = compiled.grow(weights, random);
        assert.deepEqual(tree, createReferenceGrower(samples, limits).grow(weights, random));
      },
    ),
    { seed: 1, numRuns: 150 },
  );
});

Deno.test("weights up to the greatest sum stay exact", async () => {
  const { samples } = draw(3, { rows: 64, dimension: 8, classes: 3, bins: 30 });
  const weights = new Int32Array(64).fill(2 ** 20);
  const limits = { maxFeatures: 8, maxDepth: 64, minLeaf: 1 };
  const random = stream(1, "forest");
  const compiled = await createWasmGrower(samples, limits, read);
  assert.deepEqual(
    compiled.grow(weights, random),
    createReferenceGrower(samples, limits).grow(weights, random),
  );
});

Deno.test("a tree needs a sample", async () => {
  const { samples } = draw(1, { rows: 4, dimension: 2, classes: 2, bins: 4 });
  const limits = { maxFeatures: 1, maxDepth: 4, minLeaf: 1 };
  const grower = await createWasmGrower(samples, limits, read);
  assert.throws(() => grower.grow(new Int32Array(4), stream(1, "forest")), {
    message: "Cannot grow a tree as no sample has a weight above 0",
  });
});
