import assert from "node:assert/strict";
import { resolveHyperparameters } from "../optim/hyperparameters.ts";
import { OPTIMIZERS } from "../optim/registry.ts";
import { stream } from "../random/stream.ts";
import { createReferenceCore } from "../reference/core.ts";
import { drawMixUp } from "./mix_up.ts";
import { rowWindows } from "./row_windows.ts";
import { createSoftmaxRegression } from "./softmax_regression.ts";

const [N, D, K, BATCH] = [11, 3, 4, 3];
const random = stream(5, "test");
const values = new Float32Array(N * D).map(() => random.normal());
const classOf = new Int32Array(N).map(() => random.integer(K));
const rows = random.permutation(N);
const training = {
  batchSize: BATCH,
  optimizer: OPTIMIZERS.sgd,
  values: resolveHyperparameters(OPTIMIZERS.sgd, { learningRate: 0.3 }),
};

Deno.test("drawMixUp() keeps partners within their batch", () => {
  const { partners, share } = drawMixUp(stream(1, "mixup"), { n: N, batchSize: BATCH, alpha: 0.5 });
  partners.forEach((place, i) => {
    assert.equal(Math.floor(place / BATCH), Math.floor(i / BATCH));
  });
  assert.equal(new Set(partners).size, N);
  for (let step = 0; step < 4; step++) assert.ok(share(step) >= 0 && share(step) <= 1);
});

Deno.test("a mixed step is a step on the mixed embeddings, with the mixed gradient", async () => {
  const core = createReferenceCore();
  const mixUp = { partners: new Int32Array([1, 0]), share: () => 0.25 };
  const features = core.upload(values.slice(0, 2 * D), [2, D]);
  const labels = core.uploadIntegers(new Int32Array([0, 2]), [2], { below: K });
  const head = createSoftmaxRegression(core, { inputs: D, classes: K });
  head.initialize(stream(1, "init"), { initialization: "zeros" });
  const order = new Int32Array([0, 1]);
  const sgd = { ...training, values: { ...training.values, momentum: 0, learningRate: 1 } };
  const { accuracy } = await head.trainEpoch({
    features,
    labels,
    rows: order,
    mixUp,
    ...sgd,
    batchSize: 2,
  });
  // All classes are as likely; the first is taken, which has 0.25 of one sample and 0.75 of the other.
  assert.equal(accuracy, 0.5);
  const { weight: { data } } = await head.save();
  for (let k = 0; k < K; k++) {
    for (let d = 0; d < D; d++) {
      let expected = 0;
      for (const [own, other] of [[0, 1], [1, 0]]) {
        const x = 0.25 * values[own * D + d] + 0.75 * values[other * D + d];
        const classes = [0, 2];
        const target = 0.25 * Number(classes[own] === k) + 0.75 * Number(classes[other] === k);
        expected -= (1 / K - target) * x / 2;
      }
      assert.ok(Math.abs(data[k * D + d] - expected) < 1e-6);
    }
  }
});

Deno.test("a training with MixUp gives the same bits resident and streamed", async () => {
  const core = createReferenceCore();
  const layout = { shardRows: 2, windowShards: 2 };
  const windows = rowWindows(new Int32Array(N).map((_, i) => i), layout);
  const order = Int32Array.from(windows.flatMap(({ rows }) => [...rows]));
  const mixUp = drawMixUp(stream(1, "mixup"), { n: N, batchSize: BATCH, alpha: 0.5 });
  const labels = core.uploadIntegers(classOf, [N], { below: K });
  const resident = createSoftmaxRegression(core, { inputs: D, classes: K });
  const streamed = createSoftmaxRegression(core, { inputs: D, classes: K });
  for (const head of [resident, streamed]) head.initialize(stream(1, "init"));
  const features = core.upload(values, [N, D]);
  const first = await resident.trainEpoch({ features, labels, rows: order, mixUp, ...training });
  const second = await streamed.trainEpoch({
    source: {
      rows: N,
      dimension: D,
      read: (from, to, into) => Promise.resolve(into.set(values.subarray(from * D, to * D))),
    },
    labels: classOf,
    classes: K,
    layout,
    windows,
    mixUp,
    ...training,
  });
  assert.deepEqual(second, first);
  assert.deepEqual(await streamed.save(), await resident.save());
  // And it is another training than one without.
  const plain = createSoftmaxRegression(core, { inputs: D, classes: K });
  plain.initialize(stream(1, "init"));
  await plain.trainEpoch({ features, labels, rows, ...training });
  assert.notDeepEqual(await plain.save(), await resident.save());
});
