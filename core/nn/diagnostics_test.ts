import assert from "node:assert/strict";
import { createReferenceCore } from "../reference/core.ts";
import { resolveHyperparameters } from "../optim/hyperparameters.ts";
import { OPTIMIZERS } from "../optim/registry.ts";
import type { Regularization } from "./regularization.ts";
import { stream } from "../random/stream.ts";
import { createHead } from "./registry.ts";

const core = createReferenceCore();
const random = stream(3, "test");
const features = core.upload(new Float32Array(300 * 4).map(() => random.normal()), [300, 4]);
const labels = core.uploadIntegers(new Int32Array(300).map((_, i) => i % 3), [300], { below: 3 });
const mlp = () =>
  createHead(core, {
    name: "mlp",
    hidden: [5],
    activation: { kind: "relu" },
    batchNorm: false,
    dropout: 0,
  }, { inputs: 4, classes: 3 });

Deno.test("deadUnits() counts units that no sample brings to life, over all batches", async () => {
  const head = mlp();
  head.initialize(stream(1, "init"));
  const parameters = await head.save();
  // Two units never; one for the last sample alone, beyond the first batch of 256.
  const weight = parameters["0.weight"].data, bias = parameters["0.bias"].data;
  bias[0] = bias[3] = -1e6;
  const last = (await core.download(features)).slice(299 * 4);
  const norm = last.reduce((sum, x) => sum + x * x, 0);
  weight.fill(0, 4, 8);
  weight.set(last.map((x) => 1e6 * x), 4);
  bias[1] = -0.999e6 * norm;
  head.load(parameters);
  const own = { features, labels };
  const dead = await head.deadUnits(own);
  const alive = (await core.download(features)).reduce((count, _, i, all) => {
    if (i % 4 !== 0) return count;
    const product = last.reduce((sum, x, j) => sum + x * all[i + j], 0);
    return count + Number(product > 0.999 * norm);
  }, 0);
  assert.ok(alive >= 1);
  assert.deepEqual(dead, [{ layer: 1, name: "1 (relu)", units: 5, dead: 2 }]);
  const first = { ...own, rows: new Int32Array(1) };
  assert.ok((await head.deadUnits(first))[0].dead >= 2);
});

Deno.test("gradient() is that of a step on all samples", async () => {
  const head = mlp();
  head.initialize(stream(1, "init"));
  const before = await head.save();
  const { loss, gradients } = await head.gradient({ features, labels });
  assert.deepEqual(await head.save(), before);
  assert.ok(Math.abs(loss - (await head.evaluate({ features, labels })).loss) < 1e-6);
  await head.trainEpoch({
    features,
    labels,
    rows: new Int32Array(300).map((_, i) => i),
    batchSize: 300,
    optimizer: OPTIMIZERS.gd,
    values: resolveHyperparameters(OPTIMIZERS.gd, { learningRate: 1 }),
  });
  const after = await head.save();
  for (const [name, { data }] of Object.entries(gradients)) {
    data.forEach((g, i) => {
      assert.equal(after[name].data[i], Math.fround(before[name].data[i] - g), `${name} ${i}`);
    });
  }
  const norms = head.gradientNorms();
  const of = (names: string[]) =>
    Math.sqrt(names.flatMap((name) => [...gradients[name].data]).reduce((s, g) => s + g * g, 0));
  assert.deepEqual(Object.keys(norms), ["0 (dense 5)", "2 (dense 3)"]);
  assert.ok(Math.abs(norms["0 (dense 5)"] - of(["0.weight", "0.bias"])) < 1e-12);
  assert.ok(Math.abs(norms["2 (dense 3)"] - of(["2.weight", "2.bias"])) < 1e-12);
});

Deno.test("gradientNorms() are those of the loss, whatever clips or penalises its gradient", async () => {
  const norms = async (regularization: Regularization) => {
    const head = mlp();
    head.initialize(stream(1, "init"));
    await head.trainEpoch({
      features,
      labels,
      rows: new Int32Array(300).map((_, i) => i),
      batchSize: 300,
      optimizer: OPTIMIZERS.sgd,
      values: resolveHyperparameters(OPTIMIZERS.sgd, { learningRate: 1, weightDecay: 0.5 }),
      regularization,
    });
    return head.gradientNorms();
  };
  const plain = await norms({});
  assert.ok(plain["2 (dense 3)"] > 1e-3);
  for (
    const regularization of [
      { clipNorm: 1e-3 },
      { clipValue: 1e-5 },
      { l1: 5, l1Form: "subgradient" },
      { classDecay: new Float32Array([1, 2, 3]) },
    ] satisfies Regularization[]
  ) {
    const own = await norms(regularization);
    assert.deepEqual(Object.keys(own), Object.keys(plain));
    for (const [name, norm] of Object.entries(own)) {
      assert.ok(Math.abs(norm - plain[name]) < 1e-6 * plain[name], JSON.stringify(regularization));
    }
  }
});
