import assert from "node:assert/strict";
import { stream } from "../random/stream.ts";
import { classWeights } from "./class_weights.ts";
import { fitForest, type ForestOptions, resolveMaxFeatures } from "./fit_forest.ts";
import { predictForest } from "./forest.ts";
import { createReferenceGrower } from "./reference/tree_grower.ts";
import { createWasmGrower } from "./wasm_grower.ts";

const OPTIONS: ForestOptions = {
  trees: 5,
  maxFeatures: "sqrt",
  maxDepth: null,
  minLeaf: 1,
  bins: 32,
  bootstrap: true,
  classWeight: "uniform",
};

/** Clouds around centres 2 apart. */
function clouds(n: number, dimension = 6, classes = 3) {
  const random = stream(1, "test");
  const labels = Int32Array.from({ length: n }, (_, i) => i % classes);
  const x = Float32Array.from({ length: n * dimension }, (_, at) => {
    const isOwn = at % dimension === labels[Math.floor(at / dimension)];
    return random.normal() + (isOwn ? 2 : 0);
  });
  return { x, labels, dimension, classes };
}

const compiled = {
  createGrower: (...given: Parameters<typeof createReferenceGrower>) =>
    createWasmGrower(...given, (url) => Deno.readFile(url)),
};

for (
  const options of [{}, { bootstrap: false }, { classWeight: "balanced", minLeaf: 3 }] as const
) {
  Deno.test(`the compiled forest is the reference's: ${JSON.stringify(options)}`, async () => {
    const samples = clouds(90);
    const all = { ...OPTIONS, ...options };
    assert.deepEqual(
      await fitForest(samples, all, { seed: 3, ...compiled }),
      await fitForest(samples, all, { seed: 3, createGrower: createReferenceGrower }),
    );
  });
}

Deno.test("a forest begins with the trees of a smaller one, another seed gives others", async () => {
  const samples = clouds(60);
  const fit = async (trees: number, seed: number) =>
    (await fitForest(samples, { ...OPTIONS, trees }, { seed, ...compiled })).forest;
  const [small, large, other] = [await fit(2, 1), await fit(5, 1), await fit(2, 2)];
  const nodes = small.features.length;
  assert.deepEqual(large.features.slice(0, nodes), small.features);
  assert.deepEqual(large.thresholds.slice(0, nodes), small.thresholds);
  assert.deepEqual(large.roots.slice(0, 2), small.roots);
  assert.notDeepEqual(other.features, small.features);
});

Deno.test("trees on all samples know them by heart, and have none left out", async () => {
  const samples = clouds(60);
  const options = { ...OPTIONS, bootstrap: false, bins: 256 };
  const { forest, outOfBag } = await fitForest(samples, options, { seed: 1, ...compiled });
  assert.equal(outOfBag, null);
  const probabilities = predictForest(forest, samples.x, 60);
  samples.labels.forEach((label, i) => assert.equal(probabilities[i * 3 + label], 1));
});

Deno.test("the out-of-bag score is that of trees that a sample is not in", async () => {
  const samples = clouds(80);
  const trees = 7;
  const { forest, outOfBag } = await fitForest(samples, { ...OPTIONS, trees }, {
    seed: 5,
    ...compiled,
  });
  let [answered, correct] = [0, 0];
  const bags = Array.from({ length: trees }, (_, t) => {
    const random = stream(5, "forest").sub(t).sub(0);
    return new Set(Array.from({ length: 80 }, () => random.integer(80)));
  });
  for (let i = 0; i < 80; i++) {
    const others = bags.flatMap((bag, t) => bag.has(i) ? [] : [forest.roots[t]]);
    if (others.length === 0) continue;
    answered++;
    const own = { ...forest, roots: Int32Array.from(others) };
    const p = predictForest(own, samples.x.slice(i * 6, i * 6 + 6), 1);
    if (p.indexOf(Math.max(...p)) === samples.labels[i]) correct++;
  }
  assert.ok(answered > 60 && answered < 80, `${answered}`);
  assert.deepEqual(outOfBag, { samples: answered, accuracy: correct / answered });
});

Deno.test("probabilities sum to 1, up to their rounding", async () => {
  const samples = clouds(90);
  const { forest } = await fitForest(samples, { ...OPTIONS, maxDepth: 2 }, {
    seed: 1,
    ...compiled,
  });
  const probabilities = predictForest(forest, samples.x, 90);
  for (let i = 0; i < 90; i++) {
    const sum = probabilities.subarray(i * 3, i * 3 + 3).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-6, `${sum}`);
  }
});

Deno.test("classes weigh alike where they are balanced, whatever their numbers", () => {
  const labels = Int32Array.from([0, 0, 0, 0, 2, 2]);
  const weights = classWeights(labels, 3, "balanced");
  assert.equal(weights[0] * 2, weights[2]);
  assert.equal(weights[1], 0);
  assert.ok(weights[2] * labels.length <= 2 ** 26);
  assert.deepEqual([...classWeights(labels, 3, "uniform")], [1, 1, 1]);
});

Deno.test("maxFeatures has names", () => {
  const resolve = (asked: ForestOptions["maxFeatures"]) => resolveMaxFeatures(asked, 1764);
  assert.deepEqual(["all", "sqrt", "log2", 7].map((asked) => resolve(asked as never)), [
    1764,
    42,
    10,
    7,
  ]);
  assert.equal(resolveMaxFeatures("log2", 1), 1);
});

const REFUSED: [Partial<ForestOptions>, RegExp][] = [
  [{ trees: 0 }, /trees must be an integer in \[1, 10000\]: current value is 0$/],
  [{ bins: 257 }, /bins must be an integer in \[2, 256\]: current value is 257$/],
  [{ minLeaf: 31 }, /minLeaf must be an integer in \[1, 30\]: current value is 31$/],
  [{ maxFeatures: 7 }, /maxFeatures must be in \[1, 6\], .+: current value is 7$/],
];

Deno.test("fitForest() refuses to grow on nothing", async () => {
  const nothing = { x: new Float32Array(), labels: new Int32Array(), dimension: 3, classes: 2 };
  await assert.rejects(fitForest(nothing, OPTIONS, { seed: 1, ...compiled }), {
    name: "RangeError",
    message: "Cannot grow a forest as the number of samples must be an integer in [1, 67108864]: " +
      "current value is 0",
  });
});

for (const [options, message] of REFUSED) {
  Deno.test(`fitForest() refuses ${JSON.stringify(options)}`, async () => {
    await assert.rejects(
      fitForest(clouds(30), { ...OPTIONS, ...options }, { seed: 1, ...compiled }),
      message,
    );
  });
}
