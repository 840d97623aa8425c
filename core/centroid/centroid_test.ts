import assert from "node:assert/strict";
import { stream } from "../random/stream.ts";
import { fitCentroid, loadCentroid } from "./centroid.ts";
import { fitScale, softmaxOfDistances } from "./scale.ts";

function load(arrays: ReturnType<typeof fitCentroid>, dimension: number) {
  const centroids = arrays.centroids.data as Float32Array<ArrayBuffer>;
  const options = { metric: "euclidean", shrinkage: 0 } as const;
  return loadCentroid({ centroids, scale: arrays.scale.data[0] }, dimension, options);
}

Deno.test("the nearest centroid answers, the first of equally near ones", async () => {
  const samples = {
    x: new Float32Array([0, 2, 4, 6, 20, 22]),
    labels: Int32Array.from([0, 0, 1, 1, 2, 2]),
    dimension: 1,
    classes: 3,
  };
  const head = load(fitCentroid(samples, { metric: "euclidean", shrinkage: 0 }), 1);
  const { predicted, probabilities } = await head.predict(new Float32Array([3, 3.5, 99]), 3);
  assert.deepEqual([...predicted], [0, 1, 2]);
  assert.equal(probabilities[0], probabilities[1]);
});

Deno.test("the scale is where the training samples are most likely", () => {
  const random = stream(1, "test");
  const [n, k] = [200, 4];
  const labels = Int32Array.from({ length: n }, () => random.integer(k));
  const squares = Float64Array.from({ length: n * k }, (_, at) => {
    const isOwn = labels[Math.floor(at / k)] === at % k;
    return (random.normal() + (isOwn ? 1 : 2)) ** 2;
  });
  const likelihood = (scale: number) =>
    labels.reduce((sum, label, i) => {
      const p = softmaxOfDistances(squares.subarray(i * k, i * k + k), scale);
      return sum + Math.log(p[label]);
    }, 0);
  const scale = fitScale(squares, labels, k);
  const best = likelihood(scale);
  for (const factor of [0.5, 0.9, 0.99, 1.01, 1.1, 2]) {
    assert.ok(likelihood(scale * factor) < best, `${factor}`);
  }
});

Deno.test("samples at their centroids are sure of their class", async () => {
  const samples = {
    x: new Float32Array([1e-30, 1e-30, -1e-30, -1e-30]),
    labels: Int32Array.from([0, 0, 1, 1]),
    dimension: 1,
    classes: 2,
  };
  const arrays = fitCentroid(samples, { metric: "euclidean", shrinkage: 0 });
  assert.ok(Number.isFinite(arrays.scale.data[0]));
  const { probabilities, predicted } = await load(arrays, 1).predict(samples.x, 4);
  assert.ok(probabilities.every(Number.isFinite));
  assert.deepEqual([...predicted], [0, 0, 1, 1]);
});

Deno.test("equal centroids leave all classes alike", async () => {
  const samples = {
    x: new Float32Array([1, 1, 1, 1]),
    labels: Int32Array.from([0, 0, 1, 1]),
    dimension: 1,
    classes: 2,
  };
  const head = load(fitCentroid(samples, { metric: "euclidean", shrinkage: 0 }), 1);
  const { probabilities } = await head.predict(new Float32Array([5]), 1);
  assert.deepEqual([...probabilities], [0.5, 0.5]);
});

Deno.test("fitCentroid() refuses a class without images, and what it cannot shrink", () => {
  const samples = {
    x: new Float32Array([1, 2]),
    labels: Int32Array.from([0, 2]),
    dimension: 1,
    classes: 3,
  };
  assert.throws(() => fitCentroid(samples, { metric: "euclidean", shrinkage: 0 }), {
    message: "Cannot fit centroid as class 1 has no training image",
  });
  const two = { ...samples, labels: Int32Array.from([0, 1]), classes: 2 };
  assert.throws(
    () => fitCentroid(two, { metric: "euclidean", shrinkage: 1 }),
    /there must be more training images than classes: 2 images, 2 classes$/,
  );
  const equal = { ...two, x: new Float32Array([1, 1, 2]), labels: Int32Array.from([0, 0, 1]) };
  assert.throws(
    () => fitCentroid(equal, { metric: "euclidean", shrinkage: 1 }),
    /the images of each class are all equal$/,
  );
});
