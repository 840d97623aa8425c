import assert from "node:assert/strict";
import type { z } from "zod";
import type { FittedSummary } from "../../data/artifacts/summary.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings, type SyntheticOptions } from "../../testing/synthetic_embeddings.ts";
import fitOnce, { type FitOnceParams } from "./fit_once.ts";

type Params = z.input<typeof FitOnceParams>;

const FOREST: Params = {
  head: {
    name: "forest",
    trees: 12,
    maxFeatures: "sqrt",
    maxDepth: null,
    minLeaf: 1,
    bins: 64,
    bootstrap: true,
    classWeight: "uniform",
  },
  seed: 1,
  residentLimit: 1024,
};
const KNN: Params = {
  head: { name: "knn", neighbors: 5, metric: "euclidean", weights: "distance" },
  seed: null,
  residentLimit: 1024,
};
const CENTROID: Params = {
  head: { name: "centroid", metric: "cosine", shrinkage: 0.5 },
  seed: null,
  residentLimit: 1024,
};

/** 20 images of each of three classes in each partition, of dimension 6. */
async function run(params: Params, data: SyntheticOptions = {}) {
  const { testIds: _, ...inputs } = await syntheticEmbeddings(data);
  return await runStep(fitOnce, params, { inputs });
}

for (const params of [FOREST, KNN, CENTROID]) {
  const { name } = params.head;

  Deno.test(`train.fitOnce learns classes that can be told apart: ${name}`, async () => {
    const result = await run(params, { noise: 0.1, lookAlike: 2 });
    const summary = result.json<FittedSummary>("summary");
    assert.equal(summary.head, name);
    assert.deepEqual({ name, ...summary.headOptions }, params.head);
    assert.equal(summary.best.validationAccuracy, 1);
    assert.ok(summary.best.validationLoss < 0.1, `${summary.best.validationLoss}`);
    assert.equal(summary.images, 60);
    assert.equal(summary.outOfBag === null, name !== "forest");
    assert.equal(result.text("history").trim().split("\n").length, 1);
    const numbers = [...decodeSafetensors(result.bytes("weights")).values()]
      .map(({ data }) => data.length);
    assert.equal(summary.parameters, numbers.reduce((a, b) => a + b));
  });

  Deno.test(`train.fitOnce reads no test row, and gives the same bytes twice: ${name}`, async () => {
    const [one, two] = [
      await run(params),
      await run(params, {
        edit: (x, partition, dimension) =>
          partition.forEach((own, row) => {
            if (own === "test") x.fill(99, row * dimension, (row + 1) * dimension);
          }),
      }),
    ];
    for (const port of ["weights", "history", "summary"]) {
      assert.equal(one.digest(port), two.digest(port), port);
    }
  });
}

Deno.test("train.fitOnce grows another forest under another seed, and counts its trees", async () => {
  const [one, two] = [await run(FOREST), await run({ ...FOREST, seed: 2 })];
  assert.notEqual(one.digest("weights"), two.digest("weights"));
  assert.deepEqual(one.progress.at(-1), { done: 12, total: 12, unit: "trees" });
});

Deno.test("train.fitOnce refuses more neighbours than images, and embeddings beyond memory", async () => {
  await assert.rejects(
    run({ ...KNN, head: { ...KNN.head, neighbors: 61 } as Params["head"] }),
    /neighbors must be in \[1, 60\], the number of training images: current value is 61$/,
  );
  await assert.rejects(
    run({ ...CENTROID, residentLimit: 0 }),
    /needs all 60 training embeddings in memory, and residentLimit must be at least 1: current value is 0$/,
  );
});

Deno.test("train.fitOnce names the image whose embedding is not finite", async () => {
  await assert.rejects(run(KNN, { edit: (x) => x[0] = NaN }), /embedding of "a0"/);
});
