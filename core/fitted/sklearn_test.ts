import assert from "node:assert/strict";
import { type CentroidOptions, fitCentroid, loadCentroid } from "../centroid/centroid.ts";
import { fitKnn, type KnnOptions, loadKnn } from "../neighbors/knn.ts";
import { createNeighborSearch } from "../neighbors/nearest.ts";
import { createWasmCore } from "../wasm/core.ts";
import fixture from "./testdata/wine.json" with { type: "json" };
import type { LabelledRows } from "./fitted_head.ts";

const { labels, trained } = fixture;

function split(
  data: string,
): { samples: LabelledRows; test: Float32Array<ArrayBuffer>; n: number } {
  const rows = data === "raw" ? fixture.raw : fixture.standard;
  const dimension = rows[0].length;
  return {
    samples: {
      x: Float32Array.from(rows.slice(0, trained).flat()),
      labels: Int32Array.from(labels.slice(0, trained)),
      dimension,
      classes: 3,
    },
    test: Float32Array.from(rows.slice(trained).flat()),
    n: rows.length - trained,
  };
}

function assertClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number) {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => {
    const error = Math.abs(actual[i] - value);
    assert.ok(error <= tolerance * Math.max(1, Math.abs(value)), `${i}: ${actual[i]}, ${value}`);
  });
}

for (const { data, nearest, distances, probabilities, predicted, ...given } of fixture.knn) {
  Deno.test(`knn agrees with scikit-learn: ${data} ${JSON.stringify(given)}`, async () => {
    const options = given as KnnOptions;
    const { samples, test, n } = split(data);
    using core = await createWasmCore({ read: (url) => Deno.readFile(url) });
    const search = createNeighborSearch(core, samples.x, trained, options.metric);
    const found = await search.find(test, n, options.neighbors);
    assert.deepEqual([...found.rows], nearest.flat());
    assertClose(found.distances, distances.flat(), 1e-6);
    const { embeddings, labels } = fitKnn(samples, options);
    assert.deepEqual([embeddings.data, labels.data], [samples.x, samples.labels]);
    const answers = await loadKnn(core, samples, options).predict(test, n);
    assertClose(answers.probabilities, probabilities.flat(), 2e-6);
    assert.deepEqual([...answers.predicted], predicted);
  });
}

for (const { data, centroids, predicted, ...given } of fixture.centroid) {
  Deno.test(`centroid agrees with scikit-learn: ${data} ${JSON.stringify(given)}`, async () => {
    const options = given as CentroidOptions;
    const { samples, test, n } = split(data);
    const arrays = fitCentroid(samples, options);
    const own = arrays.centroids.data as Float32Array<ArrayBuffer>;
    assertClose(own, centroids.flat(), 1e-6);
    const fitted = { centroids: own, scale: arrays.scale.data[0] };
    const answers = await loadCentroid(fitted, samples.dimension, options).predict(test, n);
    assert.deepEqual([...answers.predicted], predicted);
  });
}
