import assert from "node:assert/strict";
import { sizeOf } from "../../handle.ts";
import type { Core } from "../../ops.ts";
import { resolveHyperparameters } from "../../optim/hyperparameters.ts";
import { type OptimizerName, OPTIMIZERS } from "../../optim/registry.ts";
import { stream } from "../../random/stream.ts";
import { assertSameBits } from "../../testing/arrays.ts";
import type { CoreUnderTest } from "../../testing/core_under_test.ts";
import type { Head, Parameters, Samples, TrainEpochOptions } from "../head.ts";
import type { StreamedSamples } from "../feature_source.ts";
import { createHead, type HeadDescription } from "../registry.ts";
import { shuffledWindows } from "../row_windows.ts";
import networks from "../testdata/networks.json" with { type: "json" };

/** Arrays as PyTorch's script writes them. */
type Arrays = Record<string, { shape: number[]; data: number[] }>;

/** What PyTorch's script writes; TypeScript would find a type of its own for each run. */
interface Fixture {
  classes: number;
  batchSize: number;
  labels: number[];
  order: number[];
  vectors: Arrays[string];
  images: Arrays[string];
  keys: Record<string, number[]>;
  runs: {
    title: string;
    head: HeadDescription;
    optimizer: OptimizerName;
    values: Record<string, number>;
    first: Arrays;
    last: Arrays;
    probabilities: number[];
  }[];
}

const fixture = networks as unknown as Fixture;

const IMAGE = [6, 7, 2] as const;
const CLASSES = 3;

/** A head of every kind, with every layer. */
export const DESCRIPTIONS: readonly HeadDescription[] = [
  { name: "softmax" },
  { name: "mlp", hidden: [] },
  { name: "mlp", hidden: [9, 5], activation: { kind: "gelu" }, batchNorm: true, dropout: 0.3 },
  { name: "cnn", channels: [3, 4], hidden: [5], dropout: 0.25 },
  {
    name: "cnn",
    channels: [2],
    kernel: 5,
    pooling: "average",
    hidden: [],
    activation: { kind: "elu", alpha: 0.7 },
    batchNorm: true,
  },
  { name: "transfer" },
];

/** For tests' names: `mlp 2`. */
const named = DESCRIPTIONS.map((description, i) =>
  [`${description.name} ${i}`, description] as const
);

/** Images of noise with a lighter row that tells their class, as rows of features. */
function samplesOf(core: Core, n: number): Samples {
  const random = stream(1, "data");
  const d = sizeOf(IMAGE);
  const targets = new Int32Array(n).map(() => random.integer(CLASSES));
  const values = new Float32Array(n * d).map((_, i) => {
    const row = Math.floor(i % d / (IMAGE[1] * IMAGE[2]));
    return random.normal() + (row === 2 * targets[Math.floor(i / d)] ? 1 : 0);
  });
  return {
    features: core.upload(values, [n, d]),
    labels: core.uploadIntegers(targets, [n], { below: CLASSES }),
  };
}

function create(core: Core, description: HeadDescription): Head {
  const head = createHead(core, description, {
    inputs: sizeOf(IMAGE),
    classes: CLASSES,
    image: IMAGE,
  });
  head.initialize(stream(1, "init"), { dropout: stream(1, "dropout") });
  return head;
}

function epochOf(samples: Samples, options: Partial<TrainEpochOptions> = {}): TrainEpochOptions {
  return {
    ...samples,
    rows: stream(1, "shuffle").permutation(samples.labels.shape[0]),
    batchSize: 8,
    optimizer: OPTIMIZERS.adam,
    values: resolveHyperparameters(OPTIMIZERS.adam, { learningRate: 0.02 }),
    ...options,
  };
}

function assertSameParameters(actual: Parameters, expected: Parameters): void {
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const [name, { shape, data }] of Object.entries(expected)) {
    assert.deepEqual(actual[name].shape, shape);
    assertSameBits(actual[name].data, data, name);
  }
}

/** ‖a − b‖ ÷ ‖b‖ over all arrays. */
function distance(actual: Parameters, expected: Arrays): number {
  let difference = 0, norm = 0;
  for (const [name, { data }] of Object.entries(expected)) {
    data.forEach((value, i) => {
      difference += (actual[name].data[i] - value) ** 2;
      norm += value ** 2;
    });
  }
  return Math.sqrt(difference / norm);
}

/** Registers the tests that every kind of head passes on a core. */
export function testHeads(subject: CoreUnderTest): void {
  testPeer(subject);
  testBits(subject);
  testGradients(subject);
  testState(subject);
  testStreaming(subject);
}

/** Trainings from the same weights, in the same order, with the same masks: against PyTorch's. */
function testPeer({ name, create }: CoreUnderTest): void {
  const { batchSize, classes, order } = fixture;
  for (const run of fixture.runs) {
    Deno.test(`${name}: ${run.title} follows the peer's trajectory`, async () => {
      const core = await create();
      const description = run.head;
      const { shape, data } = description.name === "cnn" ? fixture.images : fixture.vectors;
      const [n, ...sample] = shape;
      const d = sizeOf(sample);
      const features = core.upload(new Float32Array(data), [n, d]);
      const labels = core.uploadIntegers(new Int32Array(fixture.labels), [n], { below: classes });
      const head = createHead(core, description, {
        inputs: d,
        classes,
        image: sample as [number, number, number],
      });
      const dropout = stream(1, "dropout");
      for (const [layer, key] of Object.entries(fixture.keys)) {
        assert.deepEqual(dropout.sub(Number(layer)).key, key);
      }
      head.initialize(stream(1, "init"), { dropout });
      head.load(Object.fromEntries(
        Object.entries(run.first).map((
          [name, { shape, data }],
        ) => [name, { shape, data: new Float32Array(data) }]),
      ));
      const optimizer = OPTIMIZERS[run.optimizer];
      await head.trainEpoch({
        features,
        labels,
        rows: new Int32Array(order),
        batchSize,
        optimizer,
        values: resolveHyperparameters(optimizer, run.values),
      });
      const parameters = await head.save();
      assert.deepEqual(Object.keys(parameters), Object.keys(run.last));
      const moved = distance(parameters, run.last);
      assert.ok(moved < 1e-5, `${moved}`);
      const { probabilities } = await head.predict({ features, labels });
      const off = distance({ p: { shape: [], data: probabilities } }, {
        p: { shape: [], data: run.probabilities },
      });
      assert.ok(off < 1e-5, `probabilities: ${off}`);
    });
  }
}

/** Whole trainings against the reference, with a last batch that is not full. */
function testBits({ name, create: createCore, reference }: CoreUnderTest): void {
  for (const [title, description] of named) {
    Deno.test(`${name}: a training of ${title} has the specified bits`, async () => {
      const train = async (core: Core) => {
        const head = create(core, description);
        const samples = samplesOf(core, 27);
        const rows = stream(1, "shuffle").permutation(21);
        const held = new Int32Array([26, 21, 22, 25]);
        return {
          epochs: [
            await head.trainEpoch(epochOf(samples, { rows })),
            await head.trainEpoch(epochOf(samples, { rows: rows.toReversed() })),
          ],
          parameters: await head.save(),
          evaluation: await head.evaluate({ ...samples, rows: held }),
          prediction: await head.predict(samples),
        };
      };
      const [actual, expected] = [await train(await createCore()), await train(reference())];
      assert.deepEqual(actual.epochs, expected.epochs);
      assert.deepEqual(actual.evaluation, expected.evaluation);
      assertSameParameters(actual.parameters, expected.parameters);
      const { probabilities, losses, predicted } = expected.prediction;
      assertSameBits(actual.prediction.probabilities, probabilities, "probabilities");
      assertSameBits(actual.prediction.losses, losses, "losses");
      assert.deepEqual(actual.prediction.predicted, predicted);
    });
  }
}

/** Gradients of whole networks in training, masks and batch statistics included. */
function testGradients({ name, create: createCore }: CoreUnderTest): void {
  const smooth: HeadDescription[] = [
    {
      name: "mlp",
      hidden: [4, 3],
      activation: { kind: "tanh" },
      batchNorm: true,
      dropout: 0.3,
    },
    {
      name: "cnn",
      channels: [2],
      pooling: "average",
      hidden: [3],
      activation: { kind: "gelu" },
      batchNorm: true,
      dropout: 0.3,
    },
  ];
  for (const description of smooth) {
    Deno.test(`${name}: a ${description.name}'s gradients equal finite differences`, async () => {
      const core = await createCore();
      const head = create(core, description);
      const start = await head.save();
      const optimizer = OPTIMIZERS.sgd;
      const samples = samplesOf(core, 8);
      // One step of gradient descent with rate 1 takes the gradient off the parameters.
      const values = resolveHyperparameters(optimizer, { learningRate: 1, momentum: 0 });
      const stepFrom = (parameters: Parameters) => {
        head.load(parameters);
        return head.trainEpoch(epochOf(samples, { optimizer, values }));
      };
      await stepFrom(start);
      const after = await head.save();
      const h = 0.0078125;
      for (const [array, { shape, data }] of Object.entries(start)) {
        if (array.includes("running")) continue;
        for (let i = 0; i < data.length; i += Math.ceil(data.length / 12)) {
          const lossAt = async (by: number) => {
            const changed = data.slice();
            changed[i] += by;
            return (await stepFrom({ ...start, [array]: { shape, data: changed } })).loss;
          };
          const difference = (await lossAt(h) - await lossAt(-h)) / (2 * h);
          const gradient = data[i] - after[array].data[i];
          assert.ok(
            Math.abs(difference - gradient) < 5e-4,
            `${array}[${i}]: gradient ${gradient}, finite difference ${difference}`,
          );
        }
      }
    });
  }
}

/** What a head keeps, and for how long. */
function testState({ name, create: createCore }: CoreUnderTest): void {
  for (const [title, description] of named) {
    Deno.test(`${name}: ${title} keeps its state from epoch to epoch`, async () => {
      const core = await createCore();
      const samples = samplesOf(core, 24);
      const { rows } = epochOf(samples);
      const [whole, parts] = [create(core, description), create(core, description)];
      await whole.trainEpoch(epochOf(samples));
      await parts.trainEpoch(epochOf(samples, { rows: rows.slice(0, 16) }));
      await parts.trainEpoch(epochOf(samples, { rows: rows.slice(16) }));
      assertSameParameters(await parts.save(), await whole.save());
    });

    Deno.test(`${name}: ${title} is the same after save() and load()`, async () => {
      const core = await createCore();
      const samples = samplesOf(core, 24);
      const [head, other] = [create(core, description), create(core, description)];
      await head.trainEpoch(epochOf(samples));
      const saved = await head.save();
      other.load(saved);
      assertSameParameters(await other.save(), saved);
      const [expected, actual] = [await head.predict(samples), await other.predict(samples)];
      assertSameBits(actual.probabilities, expected.probabilities, "probabilities");
    });

    Deno.test(`${name}: ${title} learns, frees what it held, and evaluation changes nothing`, async () => {
      const core = await createCore();
      const samples = samplesOf(core, 60);
      const head = create(core, description);
      const before = await head.evaluate(samples);
      for (let epoch = 0; epoch < 15; epoch++) await head.trainEpoch(epochOf(samples));
      const saved = await head.save();
      const after = await head.evaluate(samples);
      assert.ok(after.loss < 0.8 * before.loss, `${before.loss} ${after.loss}`);
      assertSameParameters(await head.save(), saved);
      head.dispose();
      await assert.rejects(head.save(), /was freed/);
    });
  }
}

/** Samples that are read in windows against the same ones that the core holds. */
function testStreaming({ name, create: createCore }: CoreUnderTest): void {
  const layouts = [
    { shardRows: 7, windowShards: 3, batchSize: 10 },
    { shardRows: 5, windowShards: 1, batchSize: 15 }, // a batch is more than a window
    { shardRows: 100, windowShards: 2, batchSize: 9 }, // one window is all there is
  ];
  for (const [title, description] of named) {
    Deno.test(`${name}: ${title} learns the same from samples that are read in windows`, async () => {
      for (const { batchSize, ...layout } of layouts) {
        const core = await createCore();
        const n = 61;
        const resident = samplesOf(core, n);
        const x = await core.download(resident.features);
        const [, d] = resident.features.shape;
        const labels = await core.downloadIntegers(resident.labels);
        const rows = Int32Array.from({ length: n }, (_, i) => i).filter((row) => row % 5 !== 1);
        const streamed: StreamedSamples = {
          source: {
            rows: n,
            dimension: d,
            async read(from, to, into) {
              await new Promise((resolve) => setTimeout(resolve, 0));
              into.set(x.subarray(from * d, to * d));
            },
          },
          labels,
          classes: CLASSES,
          layout,
        };
        const [head, other] = [create(core, description), create(core, description)];
        for (let epoch = 1; epoch <= 2; epoch++) {
          const random = stream(1, "shuffle").sub(epoch);
          const windows = shuffledWindows(rows, layout, random);
          const order = Int32Array.from(windows.flatMap((window) => [...window.rows]));
          const { optimizer, values } = epochOf(resident);
          const options = { optimizer, values, batchSize };
          assert.deepEqual(
            await other.trainEpoch({ ...streamed, ...options, windows }),
            await head.trainEpoch({ ...resident, ...options, rows: order }),
          );
        }
        assertSameParameters(await other.save(), await head.save());
        assert.deepEqual(
          await other.evaluate({ ...streamed, rows }),
          await head.evaluate({ ...resident, rows }),
        );
        const [expected, actual] = [await head.predict(resident), await other.predict(streamed)];
        assertSameBits(actual.probabilities, expected.probabilities, "probabilities");
        assertSameBits(actual.losses, expected.losses, "losses");
        assert.deepEqual(actual.predicted, expected.predicted);
      }
    });
  }
}
