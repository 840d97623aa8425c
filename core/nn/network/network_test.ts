import assert from "node:assert/strict";
import type { Core } from "../../ops.ts";
import { resolveHyperparameters } from "../../optim/hyperparameters.ts";
import { OPTIMIZERS } from "../../optim/registry.ts";
import { stream } from "../../random/stream.ts";
import { createReferenceCore } from "../../reference/core.ts";
import { activation } from "../layers/activation.ts";
import { averagePooling } from "../layers/average_pooling.ts";
import { batchNormalization } from "../layers/batch_normalization.ts";
import { convolution } from "../layers/convolution.ts";
import { dense } from "../layers/dense.ts";
import { dropout } from "../layers/dropout.ts";
import { flatten } from "../layers/flatten.ts";
import type { Layer } from "../layers/layer.ts";
import { maxPooling } from "../layers/max_pooling.ts";
import type { TrainEpochOptions } from "../head.ts";
import { createNetwork, type NetworkOptions } from "./network.ts";
import { createHead } from "../registry.ts";

const RELU = activation({ kind: "relu" });

const network = (layers: Layer[], options: Partial<NetworkOptions> = {}, core?: Core) =>
  createNetwork(core ?? createReferenceCore(), {
    name: "test",
    inputs: [4],
    classes: 3,
    layers,
    ...options,
  });

function samplesOf(core: Core, n: number, d: number, scale = 1) {
  const random = stream(1, "data");
  const features = core.upload(new Float32Array(n * d).map(() => scale * random.normal()), [n, d]);
  const labels = core.uploadIntegers(new Int32Array(n).map((_, i) => i % 3), [n], { below: 3 });
  const epoch = (options: Partial<TrainEpochOptions> = {}): TrainEpochOptions => ({
    features,
    labels,
    rows: new Int32Array(n).map((_, i) => i),
    batchSize: 8,
    optimizer: OPTIMIZERS.sgd,
    values: resolveHyperparameters(OPTIMIZERS.sgd, {}),
    ...options,
  });
  return { features, labels, epoch };
}

Deno.test("a network counts its parameters and multiply-adds layer by layer", () => {
  const head = network([
    convolution({ channels: 5, size: 3, padding: 1 }), // 8×9×2 → 8×9×5
    batchNormalization(),
    RELU,
    maxPooling({ size: 2 }), // 4×4×5
    convolution({ channels: 6, size: 2, stride: 2 }), // 2×2×6
    averagePooling({ size: 2 }), // 1×1×6
    flatten(),
    dense({ outputs: 7 }),
    dropout({ rate: 0.5 }),
    dense({ outputs: 3 }),
  ], { inputs: [8, 9, 2] });
  const parameters = (5 * 18 + 5) + 2 * 5 + (6 * 20 + 6) + (7 * 6 + 7) + (3 * 7 + 3);
  assert.equal(head.parameters, parameters);
  const products = [8 * 9 * 18 * 5, 4 * 20 * 6, 6 * 7, 7 * 3];
  const sum = (counts: number[]) => counts.reduce((a, b) => a + b);
  assert.equal(head.multiplyAdds(10, "evaluate"), 10 * sum(products));
  // The first layer needs no gradient by its input.
  const trained = 3 * sum(products) - products[0];
  assert.equal(head.multiplyAdds(10, "train"), 10 * trained);
});

Deno.test("what is saved has PyTorch's names and layouts", async () => {
  const head = network([
    convolution({ channels: 5, size: 3 }),
    batchNormalization(),
    RELU,
    flatten(),
    dense({ outputs: 3 }),
  ], { inputs: [4, 5, 2] });
  const shapes = Object.entries(await head.save()).map(([name, { shape }]) => [name, ...shape]);
  assert.deepEqual(shapes, [
    ["0.weight", 5, 2, 3, 3],
    ["0.bias", 5],
    ["1.weight", 5],
    ["1.bias", 5],
    ["1.running_mean", 5],
    ["1.running_var", 5],
    ["4.weight", 3, 30],
    ["4.bias", 3],
  ]);
  assert.deepEqual(Object.keys(await network([dense({ outputs: 3 })]).save()), ["weight", "bias"]);
});

Deno.test("layers after a flattened image are saved in the order of channels first", async () => {
  const core = createReferenceCore();
  // Logit 0 is the first column of weights times the image: it tells which pixel that column is for.
  const head = network([flatten(), batchNormalization(), dense({ outputs: 3 })], {
    inputs: [1, 2, 2],
  }, core);
  head.initialize(stream(1, "init"), { initialization: "zeros" });
  const parameters = await head.save();
  parameters["1.running_mean"].data.set([0, 100, 0, 0]);
  parameters["2.weight"].data.set([1, 2, 3, 4]);
  head.load(parameters);
  // Pixels (0, 0) and (0, 1) of channel 0 are 10 and 20, those of channel 1 are 30 and 40.
  const features = core.upload(new Float32Array([10, 30, 20, 40]), [1, 4]);
  const labels = core.uploadIntegers(new Int32Array(1), [1], { below: 3 });
  const { losses } = await head.predict({ features, labels });
  const expected = 1 * 10 + 2 * (20 - 100) + 3 * 30 + 4 * 40;
  assert.ok(expected > 50);
  // With such a logit the loss of class 0 is 0, and of the others the logit.
  assert.equal(losses[0], 0);
  const other = core.uploadIntegers(new Int32Array([1]), [1], { below: 3 });
  const { losses: [loss] } = await head.predict({ features, labels: other });
  assert.ok(Math.abs(loss - expected) < 1e-2, `${loss}`);
});

Deno.test("initialisations have their bounds, deviations and order", async () => {
  const [d, k] = [200, 100];
  const head = network([dense({ outputs: k }), RELU, dense({ outputs: 3 })], { inputs: [d] });
  const at = async (initialization: "uniform" | "xavierUniform" | "heNormal" | "zeros") => {
    head.initialize(stream(1, "init"), { initialization });
    return await head.save();
  };
  const deviation = (data: Float32Array) =>
    Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  const cases = [
    ["uniform", 1 / Math.sqrt(d), 1 / Math.sqrt(3 * d)],
    ["xavierUniform", Math.sqrt(6 / (d + k)), Math.sqrt(2 / (d + k))],
    ["xavierNormal", Infinity, Math.sqrt(2 / (d + k))],
    ["heUniform", Math.sqrt(6 / d), Math.sqrt(2 / d)],
    ["heNormal", Infinity, Math.sqrt(2 / d)],
    ["zeros", 0, 0],
  ] as const;
  for (const [initialization, bound, expected] of cases) {
    const { "0.weight": weight, "0.bias": bias } = await at(initialization as "uniform");
    assert.ok(weight.data.every((value) => Math.abs(value) <= bound), initialization);
    const ratio = expected === 0 ? 1 : deviation(weight.data) / expected;
    assert.ok(Math.abs(ratio - 1) < 0.02, `${initialization}: ${ratio}`);
    assert.equal(bias.data.some((value) => value !== 0), initialization === "uniform");
  }
  const drawn = stream(1, "init");
  const { "0.weight": weight, "0.bias": bias, "2.weight": next } = await at("uniform");
  const draw = (inputs: number) => Math.fround((2 * drawn.float32() - 1) / Math.sqrt(inputs) + 0);
  for (const value of [...weight.data, ...bias.data]) {
    assert.ok(Math.abs(value - draw(d)) < 1e-8);
  }
  assert.ok(Math.abs(next.data[0] - draw(k)) < 1e-8);
});

Deno.test("a network frees what it makes for its passes", async () => {
  const core = createReferenceCore();
  let live = 0;
  const counted = new Proxy(core, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        if (["tensor", "integers", "upload", "uploadIntegers"].includes(String(name))) live++;
        if (name === "free") live--;
        return value.apply(target, given);
      };
    },
  });
  const { features, labels, epoch } = samplesOf(core, 20, 32);
  for (const name of ["mlp", "cnn"] as const) {
    const head = createHead(counted, { name, batchNorm: true, dropout: 0.5 }, {
      inputs: 32,
      classes: 3,
      image: [4, 4, 2],
    });
    head.initialize(stream(1, "init"), { dropout: stream(1, "dropout") });
    const held = live;
    const { optimizer, values } = epoch();
    await head.trainEpoch(epoch());
    assert.ok(live > held, "the optimiser's state");
    const state = live;
    await head.trainEpoch(epoch({ batchSize: 7, optimizer, values }));
    await head.evaluate({ features, labels });
    await head.predict({ features, labels });
    await assert.rejects(head.trainEpoch(epoch({ rows: new Int32Array([99]) })));
    assert.equal(live, state);
    head.dispose();
    assert.equal(live, 0);
  }
});

Deno.test("trainEpoch() of many layers tells at which step it diverged", async () => {
  const core = createReferenceCore();
  const head = network([dense({ outputs: 5 }), RELU, dense({ outputs: 3 })], {}, core);
  head.initialize(stream(1, "init"));
  const { epoch } = samplesOf(core, 24, 4, 1e15);
  const result = await head.trainEpoch(epoch({
    values: resolveHyperparameters(OPTIMIZERS.sgd, { learningRate: 1000 }),
  }));
  assert.ok(!Number.isFinite(result.loss));
  assert.equal(result.divergedAt, 2);
});

Deno.test("a dropout draws by its layer and step alone", async () => {
  const core = createReferenceCore();
  const { epoch } = samplesOf(core, 16, 4);
  const losses = async (seed: number) => {
    const head = network([dropout({ rate: 0.5 }), dense({ outputs: 3 })], {}, core);
    head.initialize(stream(1, "init"), { dropout: stream(seed, "dropout") });
    // Nothing moves, so that only masks differ from step to step.
    const still = resolveHyperparameters(OPTIMIZERS.sgd, { learningRate: 1e-30 });
    const rows = new Int32Array(16).map((_, i) => i % 8);
    const { loss } = await head.trainEpoch(epoch({ values: still, rows: rows.slice(0, 8) }));
    const { loss: next } = await head.trainEpoch(epoch({ values: still, rows: rows.slice(8) }));
    return [loss, next];
  };
  const [first, second] = await losses(1);
  assert.notEqual(first, second);
  assert.deepEqual(await losses(1), [first, second]);
  assert.notEqual((await losses(2))[0], first);
});

Deno.test("a network refuses what it cannot train, with the layer and the shapes", async () => {
  const core = createReferenceCore();
  const { epoch, labels } = samplesOf(core, 17, 4);
  const normal = network([dense({ outputs: 5 }), batchNormalization(), dense({ outputs: 3 })], {
    name: "mlp",
  }, core);
  normal.initialize(stream(1, "init"));
  await assert.rejects(normal.trainEpoch(epoch()), {
    name: "RangeError",
    message: "Cannot train mlp as its layer 1 (batch normalisation of [5]) needs at least 2 " +
      "samples a batch: 17 samples in batches of 8 leave one of 1, so choose another batch size",
  });
  await normal.trainEpoch(epoch({ batchSize: 16, rows: new Int32Array(16) }));
  const dropping = network([dropout({ rate: 0.5 }), dense({ outputs: 3 })], {}, core);
  await assert.rejects(dropping.trainEpoch(epoch()), {
    name: "TypeError",
    message: "Cannot train test as its layer 0 (dropout 0.5) has nothing to draw by: give " +
      "`dropout` to initialize()",
  });
  await assert.rejects(normal.evaluate({ features: core.tensor([17, 5]), labels }), {
    message: "Cannot compute mlp as features must have shape [n, 4]: current shape is [17, 5]",
  });
});

Deno.test("a network refuses parameters that are not its own", async () => {
  const head = network([dense({ outputs: 5 }), RELU, dense({ outputs: 3 })]);
  const { "0.weight": weight, ...others } = await head.save();
  const refuse = (parameters: Parameters<typeof head.load>[0], message: string) =>
    assert.throws(() => head.load(parameters), { name: "RangeError", message });
  refuse(
    others,
    "Cannot load test as it needs 0.weight [5, 4]: current shape is none, it is missing",
  );
  refuse(
    { ...others, "0.weight": { ...weight, shape: [4, 5] } },
    "Cannot load test as it needs 0.weight [5, 4]: current shape is [4, 5]",
  );
  refuse(
    { ...others, "0.weight": weight, weight },
    "Cannot load test as it has no weight: it has 0.weight, 0.bias, 2.weight, 2.bias",
  );
});

Deno.test("a network refuses layers that do not fit", () => {
  const refuse = (layers: Layer[], inputs: number[], message: string) =>
    assert.throws(() => network(layers, { inputs }), { name: "RangeError", message });
  refuse(
    [convolution({ channels: 2, size: 3 }), RELU, dense({ outputs: 3 })],
    [4, 5, 1],
    "Cannot create test as layer 2 (dense 3) does not fit inputs [2, 3, 2]: it takes features [d], " +
      "so flatten images first: current shape is [2, 3, 2]",
  );
  refuse(
    [maxPooling({ size: 2 })],
    [7],
    "Cannot create test as layer 0 (max pooling 2×2) does not fit inputs [7]: it takes images " +
      "[height, width, channels]: current shape is [7]",
  );
  refuse(
    [averagePooling({ size: 3 })],
    [2, 9, 1],
    "Cannot create test as layer 0 (average pooling 3×3) does not fit inputs [2, 9, 1]: Cannot " +
      "slide a window as it must fit in the image: its height is 3, that of the image with its padding 2",
  );
  refuse(
    [dense({ outputs: 4 })],
    [7],
    "Cannot create test as its last layer must compute logits [3]: current output is [4] of dense 4",
  );
  for (const last of [RELU, dropout({ rate: 0.5 }), batchNormalization(), flatten()]) {
    refuse(
      [dense({ outputs: 3 }), last],
      [7],
      `Cannot create test as its last layer must compute logits [3]: current output is [3] of ${last.name}`,
    );
  }
});

Deno.test("layers refuse numbers out of range", () => {
  const cases: [() => Layer, string][] = [
    [
      () => dense({ outputs: 0 }),
      "layer dense as outputs must be an integer from 1 up: current value is 0",
    ],
    [
      () => dropout({ rate: 1 }),
      "layer dropout as its rate must be in [0, 1): current value is 1",
    ],
    [
      () => activation({ kind: "elu", alpha: NaN }),
      "layer elu as alpha must be finite: current value is NaN",
    ],
    [
      () => batchNormalization({ epsilon: 0 }),
      "layer batch normalisation as epsilon must be in (0, ∞): current value is 0",
    ],
    [
      () => batchNormalization({ momentum: 1.5 }),
      "layer batch normalisation as momentum must be in (0, 1]: current value is 1.5",
    ],
    [
      () => convolution({ channels: 2, size: 3, padding: 3 }),
      "layer convolution 2 of 3×3 as padding must be an integer from 0 to 2: current value is 3",
    ],
    [
      () => maxPooling({ size: 3, padding: 2 }),
      "layer max pooling 3×3 as padding must be at most half its size: current value is 2",
    ],
    [
      () => averagePooling({ size: 2, stride: 0 }),
      "layer average pooling 2×2 as stride must be an integer from 1 up: current value is 0",
    ],
  ];
  for (const [make, message] of cases) {
    assert.throws(make, { name: "RangeError", message: `Cannot describe ${message}` });
  }
});

Deno.test("heads refuse sizes and options that they cannot be made by", () => {
  const core = createReferenceCore();
  const refuse = (make: () => unknown, message: string) =>
    assert.throws(make, { name: "RangeError", message });
  refuse(
    () => createHead(core, { name: "mlp" }, { inputs: 4, classes: 0 }),
    "Cannot create mlp as classes must be an integer from 1 up: current value is 0",
  );
  refuse(
    () => createHead(core, { name: "cnn" }, { inputs: 64, classes: 3 }),
    "Cannot create cnn as it needs images [height, width, channels] of 64 inputs: current shape is none",
  );
  refuse(
    () => createHead(core, { name: "cnn" }, { inputs: 64, classes: 3, image: [8, 8, 3] }),
    "Cannot create cnn as it needs images [height, width, channels] of 64 inputs: current shape is [8, 8, 3]",
  );
  refuse(
    () =>
      createHead(core, { name: "cnn", kernel: 4 }, { inputs: 64, classes: 3, image: [8, 8, 1] }),
    "Cannot create cnn as its kernel must be an odd integer from 1 up: current value is 4",
  );
});
