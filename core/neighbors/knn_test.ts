import assert from "node:assert/strict";
import { createReferenceCore } from "../reference/core.ts";
import { fitKnn, type KnnOptions, loadKnn } from "./knn.ts";

const samples = {
  x: new Float32Array([0, 2, 2, 4, 10]),
  labels: Int32Array.from([2, 1, 0, 0, 2]),
  dimension: 1,
  classes: 3,
};

async function answer(x: number, options: Partial<KnnOptions>) {
  using core = createReferenceCore();
  const all = { neighbors: 3, metric: "euclidean", weights: "uniform", ...options } as const;
  const { probabilities, predicted } = await loadKnn(core, samples, all)
    .predict(Float32Array.of(x), 1);
  return { probabilities: [...probabilities], predicted: predicted[0] };
}

Deno.test("of equally near samples the first ones vote, of equal votes the first class wins", async () => {
  assert.deepEqual(await answer(1, { neighbors: 1 }), { probabilities: [0, 0, 1], predicted: 2 });
  assert.deepEqual(await answer(1, { neighbors: 2 }), {
    probabilities: [0, 0.5, 0.5],
    predicted: 1,
  });
});

Deno.test("votes count by distance, and those at distance 0 alone", async () => {
  const weights = "distance";
  const third = Math.fround(1 / 3);
  assert.deepEqual(await answer(1, { weights }), {
    probabilities: [third, third, third],
    predicted: 0,
  });
  // 1 and 1 at distance 1, one half at distance 2.
  assert.deepEqual(await answer(6, { weights, neighbors: 4 }), {
    probabilities: [0.6, 0.2, 0.2].map(Math.fround),
    predicted: 0,
  });
  assert.deepEqual(await answer(2, { weights }), { probabilities: [0.5, 0.5, 0], predicted: 0 });
});

Deno.test("there must be as many samples as neighbours", () => {
  assert.throws(
    () => fitKnn(samples, { neighbors: 6, metric: "cosine", weights: "uniform" }),
    {
      name: "RangeError",
      message: "Cannot fit knn as neighbors must be in [1, 5], the number of training images: " +
        "current value is 6",
    },
  );
});
