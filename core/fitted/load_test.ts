import assert from "node:assert/strict";
import { createReferenceCore } from "../reference/core.ts";
import { stream } from "../random/stream.ts";
import { fitArrays } from "./fit.ts";
import type { FittedArrays } from "./fitted_head.ts";
import { loadFitted } from "./load.ts";
import type { FittedDescription } from "./registry.ts";

const random = stream(1, "test");
const samples = {
  x: Float32Array.from({ length: 60 * 4 }, () => random.normal()),
  labels: Int32Array.from({ length: 60 }, (_, i) => i % 3),
  dimension: 4,
  classes: 3,
};

const FOREST: FittedDescription = {
  name: "forest",
  trees: 4,
  maxFeatures: 2,
  maxDepth: 5,
  minLeaf: 2,
  bins: 16,
  bootstrap: true,
  classWeight: "uniform",
};
const HEADS: FittedDescription[] = [
  FOREST,
  { name: "knn", neighbors: 3, metric: "euclidean", weights: "uniform" },
  { name: "centroid", metric: "cosine", shrinkage: 0 },
];

const fit = async (head: FittedDescription) =>
  (await fitArrays(head, samples, {
    seed: 1,
    read: (url) => Deno.readFile(url),
    progress: async () => {},
  })).arrays;

for (const head of HEADS) {
  Deno.test(`what a head answers does not depend on what is asked besides: ${head.name}`, async () => {
    using core = createReferenceCore();
    const loaded = loadFitted(core, head, await fit(head), samples);
    const all = await loaded.predict(samples.x, 60);
    for (const [from, to] of [[0, 1], [7, 20], [59, 60]]) {
      const some = await loaded.predict(samples.x.slice(from * 4, to * 4), to - from);
      assert.deepEqual(some.probabilities, all.probabilities.slice(from * 3, to * 3));
      assert.deepEqual(some.predicted, all.predicted.slice(from, to));
    }
  });

  Deno.test(`a head is not loaded from arrays of another shape: ${head.name}`, async () => {
    using core = createReferenceCore();
    const arrays = await fit(head);
    for (const name of Object.keys(arrays)) {
      const { [name]: own, ...others } = arrays;
      assert.throws(() => loadFitted(core, head, others, samples), {
        name: "RangeError",
        message: new RegExp(`its array ${name} must be .+: current one is none$`),
      });
      const wrong = { ...arrays, [name]: { ...own, shape: [...own.shape, 1] } } as FittedArrays;
      assert.throws(() => loadFitted(core, head, wrong, samples), RangeError);
    }
  });
}

Deno.test("a forest whose nodes lead nowhere is not loaded", async () => {
  using core = createReferenceCore();
  const change = async (name: string, value: number) => {
    const arrays = await fit(FOREST);
    arrays[name].data[0] = value;
    return () => loadFitted(core, FOREST, arrays, samples);
  };
  const says = /one of its nodes leads nowhere$/;
  assert.throws(await change("features", 4), says);
  assert.throws(await change("links", 1), says);
  assert.throws(await change("links", 1e6), says);
  assert.throws(await change("roots", -1), says);
});
