import assert from "node:assert/strict";
import { resolveHyperparameters } from "../optim/hyperparameters.ts";
import { OPTIMIZERS } from "../optim/registry.ts";
import { stream } from "../random/stream.ts";
import { createReferenceCore } from "../reference/core.ts";
import { assertSameBits } from "../testing/arrays.ts";
import type { Head, TrainEpochOptions } from "./head.ts";
import { createSoftmaxRegression } from "./softmax_regression.ts";

const [N, INPUTS, CLASSES] = [30, 4, 3];

function setUp() {
  const core = createReferenceCore();
  const random = stream(1, "data");
  const targets = new Int32Array(N).map(() => random.integer(CLASSES));
  const values = new Float32Array(N * INPUTS);
  for (let i = 0; i < values.length; i++) {
    values[i] = random.normal() + (i % INPUTS === targets[Math.floor(i / INPUTS)] ? 2 : 0);
  }
  const features = core.upload(values, [N, INPUTS]);
  const labels = core.uploadIntegers(targets, [N], { below: CLASSES });
  const head = createSoftmaxRegression(core, { inputs: INPUTS, classes: CLASSES });
  head.initialize(stream(1, "init"));
  const epoch = (options: Partial<TrainEpochOptions> = {}): TrainEpochOptions => ({
    features,
    labels,
    rows: stream(1, "shuffle").permutation(N),
    batchSize: 8,
    optimizer: OPTIMIZERS.adam,
    values: resolveHyperparameters(OPTIMIZERS.adam, { learningRate: 0.05 }),
    ...options,
  });
  return { core, features, labels, targets, head, epoch };
}

async function weights(head: Head): Promise<Float32Array> {
  const { weight, bias } = await head.save();
  return new Float32Array([...weight.data, ...bias.data]);
}

Deno.test("initialize() is uniform in ±1/√d, the same for a seed, or zeros", async () => {
  const { head } = setUp();
  const start = await weights(head);
  assert.ok(start.every((value) => Math.abs(value) <= 0.5));
  assert.ok(new Set(start).size === start.length);
  head.initialize(stream(1, "init"));
  assertSameBits(await weights(head), start, "parameters");
  head.initialize(stream(2, "init"));
  assert.notDeepEqual(await weights(head), start);
  head.initialize(stream(1, "init"), { initialization: "zeros" });
  assert.ok((await weights(head)).every((value) => value === 0));
});

Deno.test("trainEpoch() learns, and counts what it did", async () => {
  const { head, epoch, features, labels } = setUp();
  const before = await head.evaluate({ features, labels });
  const first = await head.trainEpoch(epoch());
  assert.deepEqual(
    { steps: first.steps, samples: first.samples, multiplyAdds: first.multiplyAdds },
    { steps: 4, samples: 30, multiplyAdds: 2 * 30 * 4 * 3 },
  );
  for (let i = 0; i < 20; i++) await head.trainEpoch(epoch());
  const after = await head.evaluate({ features, labels });
  assert.ok(after.loss < before.loss / 2 && after.accuracy > 0.8, JSON.stringify(after));
  assert.equal(after.multiplyAdds, 30 * 4 * 3);
});

Deno.test("trainEpoch() keeps the optimiser's state from epoch to epoch", async () => {
  const [whole, halves] = [setUp(), setUp()];
  const rows = stream(1, "shuffle").permutation(N).subarray(0, 24);
  await whole.head.trainEpoch(whole.epoch({ rows }));
  await halves.head.trainEpoch(halves.epoch({ rows: rows.slice(0, 16) }));
  await halves.head.trainEpoch(halves.epoch({ rows: rows.slice(16) }));
  assertSameBits(await weights(halves.head), await weights(whole.head), "parameters");
});

Deno.test("load() takes what save() gave, and starts the optimiser anew", async () => {
  const { head, epoch } = setUp();
  const start = await head.save();
  await head.trainEpoch(epoch());
  const trained = await weights(head);
  head.load(start);
  await head.trainEpoch(epoch());
  assertSameBits(await weights(head), trained, "parameters");
  assert.throws(() => head.load({ weight: start.weight }), {
    name: "RangeError",
    message: "Cannot load softmax as it needs bias [3]: current shape is none, it is missing",
  });
});

Deno.test("evaluate() and predict() agree, on all rows or some", async () => {
  const { head, features, labels, targets } = setUp();
  const rows = new Int32Array([7, 3, 3, 29]);
  const all = await head.predict({ features, labels });
  const some = await head.predict({ features, labels, rows });
  rows.forEach((row, i) => {
    assert.equal(some.predicted[i], all.predicted[row]);
    assert.equal(some.losses[i], all.losses[row]);
    assertSameBits(
      some.probabilities.slice(i * CLASSES, (i + 1) * CLASSES),
      all.probabilities.slice(row * CLASSES, (row + 1) * CLASSES),
      "probabilities",
    );
    const chosen = some.probabilities[i * CLASSES + targets[row]];
    assert.ok(Math.abs(some.losses[i] + Math.log(chosen)) < 1e-6);
  });
  const evaluation = await head.evaluate({ features, labels, rows });
  const loss = some.losses.reduce((sum, value) => sum + value, 0) / 4;
  assert.ok(Math.abs(evaluation.loss - loss) < 1e-6);
  const hits = [...rows].filter((row) => all.predicted[row] === targets[row]);
  assert.deepEqual([evaluation.correct, evaluation.samples], [hits.length, 4]);
  assert.equal(evaluation.accuracy, hits.length / 4);
});

Deno.test("trainEpoch() tells at which step a training diverged", async () => {
  const { core, head, epoch } = setUp();
  const values = new Float32Array(N * INPUTS).fill(1e19);
  const features = core.upload(values, [N, INPUTS]);
  const optimizer = OPTIMIZERS.sgd;
  const result = await head.trainEpoch(epoch({
    features,
    optimizer,
    values: resolveHyperparameters(optimizer, { learningRate: 1000 }),
  }));
  assert.ok(!Number.isFinite(result.loss));
  assert.equal(result.divergedAt, 2); // the first step's loss is from weights still finite
});

Deno.test("trainEpoch() refuses an impossible batch, no rows, and rows that are not there", async () => {
  const { head, epoch } = setUp();
  await assert.rejects(head.trainEpoch(epoch({ batchSize: 0 })), {
    name: "RangeError",
    message: "Cannot train as the batch size must be an integer from 1 up: current value is 0",
  });
  await assert.rejects(head.trainEpoch(epoch({ rows: new Int32Array() })), {
    name: "RangeError",
    message: "Cannot compute on samples as there is none",
  });
  await assert.rejects(head.trainEpoch(epoch({ rows: new Int32Array([30]) })), {
    name: "RangeError",
    message: "Cannot upload rows [1] as its values must be from 0 to 29: the value at [0] is 30",
  });
});

Deno.test("createSoftmaxRegression() refuses a head without inputs or classes", () => {
  assert.throws(
    () => createSoftmaxRegression(createReferenceCore(), { inputs: 0, classes: 3 }),
    {
      name: "RangeError",
      message:
        "Cannot create softmax regression as inputs must be an integer from 1 up: current value is 0",
    },
  );
});
