import assert from "node:assert/strict";
import type { z } from "zod";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings, type SyntheticOptions } from "../../testing/synthetic_embeddings.ts";
import fit, { type FitParams } from "./fit.ts";
import { NO_REGULARIZATION } from "./regularization.ts";

const params: z.input<typeof FitParams> = {
  head: { name: "softmax" },
  optimizer: "adam",
  hyperparameters: { learningRate: 0.05, weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  schedule: { name: "constant", values: {}, warmUp: 0 },
  initialization: "uniform",
  seed: 1,
  batchSize: 16,
  epochs: 60,
  patience: 5,
  minDelta: 0,
  monitor: "validationLoss",
  residentLimit: 1024,
  shuffleWindow: 64,
};

async function run(changed: Partial<typeof params> = {}, data: SyntheticOptions = {}) {
  const { testIds: _, ...inputs } = await syntheticEmbeddings(data);
  const result = await runStep(fit, { ...params, ...changed }, { inputs });
  const history = await parseCsv(result.text("history"), {
    epoch: "number",
    learning_rate: "number",
    train_loss: "number",
    train_accuracy: "number",
    validation_loss: "number",
    validation_accuracy: "number",
  });
  return { result, history, summary: result.json<TrainingSummary>("summary") };
}

const digests = ({ result }: Awaited<ReturnType<typeof run>>) =>
  ["weights", "history", "summary"].map((port) => result.digest(port));

Deno.test("train.fit learns classes that can be told apart", async () => {
  const { summary, history, result } = await run({}, { noise: 0.2, lookAlike: 2 });
  assert.equal(summary.best?.validationAccuracy, 1);
  assert.ok(history[0].train_loss > 2 * history.at(-1)!.train_loss);
  const { shape } = decodeSafetensors(result.bytes("weights")).get("weight")!;
  assert.deepEqual(shape, [3, 6]);
  assert.equal(summary.parameters, 3 * 6 + 3);
});

Deno.test("train.fit: the summary follows from the history", async () => {
  const { summary, history, result } = await run();
  const losses = history.map((row) => row.validation_loss);
  const best = losses.indexOf(Math.min(...losses));
  assert.equal(summary.stopped, "patience");
  assert.equal(summary.bestEpoch, best + 1);
  assert.equal(summary.epochs, history.length);
  assert.equal(history.length, best + 1 + params.patience);
  assert.deepEqual(summary.best, {
    validationLoss: losses[best],
    validationAccuracy: history[best].validation_accuracy,
    trainLoss: history[best].train_loss,
    trainAccuracy: history[best].train_accuracy,
  });
  // 60 training images: 4 steps of at most 16; a product of 60×6×3 forward and as many backward.
  assert.equal(summary.steps, 4 * summary.epochs);
  assert.equal(summary.stepsToBest, 4 * summary.bestEpoch);
  assert.equal(summary.samplesToBest, 60 * summary.bestEpoch);
  assert.equal(summary.multiplyAddsToBest, 2 * 60 * 6 * 3 * summary.bestEpoch);
  assert.deepEqual(result.progress.at(-1), {
    done: summary.epochs,
    total: params.epochs,
    unit: "epochs",
  });
});

Deno.test("train.fit follows its schedule, and the history tells the rates", async () => {
  const step = { name: "step", values: { every: 2, factor: 0.1 }, warmUp: 1.5 } as const;
  const { history, summary } = await run({ epochs: 5, schedule: step });
  assert.deepEqual(history.map((row) => row.learning_rate), [
    0.05 * (4 / 6), // The fourth of the six steps of the warm-up.
    0.05,
    0.05 * 0.1,
    0.05 * 0.1,
    0.05 * (0.1 * 0.1),
  ]);
  assert.deepEqual(summary.schedule, step);
  const constant = await run({ epochs: 5 });
  const rising = await run({ epochs: 5, schedule: { ...step, warmUp: 0 } });
  assert.deepEqual(rising.history.slice(0, 2), constant.history.slice(0, 2));
  assert.notEqual(rising.history[2].train_loss, constant.history[2].train_loss);
});

Deno.test("train.fit reduces the rate where the monitored value stands still", async () => {
  const plateau = { factor: 0.5, patience: 1, change: 0.5 };
  const schedule = { name: "plateau", values: plateau, warmUp: 0 } as const;
  for (const monitor of ["validationLoss", "validationAccuracy"] as const) {
    const { history } = await run({ epochs: 12, patience: 12, schedule, monitor });
    const rates = history.map((row) => row.learning_rate);
    assert.ok(
      rates.every((rate, i) => i === 0 || rate === rates[i - 1] || rate === rates[i - 1] / 2),
    );
    assert.ok(rates.at(-1)! < rates[0]);
  }
});

Deno.test("train.fit keeps the weights of the best epoch", async () => {
  const stopped = await run();
  const { bestEpoch } = stopped.summary;
  assert.ok(bestEpoch < stopped.summary.epochs);
  const short = await run({ epochs: bestEpoch });
  assert.equal(short.summary.stopped, "maximum");
  assert.equal(short.result.digest("weights"), stopped.result.digest("weights"));
  const rows = stopped.history.slice(0, bestEpoch);
  assert.deepEqual(short.history, rows);
});

Deno.test("train.fit gives the same bytes twice, and others for another seed", async () => {
  const first = digests(await run());
  assert.deepEqual(digests(await run()), first);
  assert.notEqual(digests(await run({ seed: 2 }))[0], first[0]);
});

Deno.test("train.fit reads no test row", async () => {
  const spoilt = await run({}, {
    edit(x, partition, d) {
      partition.forEach((name, i) => name === "test" && x.fill(NaN, i * d, (i + 1) * d));
    },
  });
  assert.deepEqual(digests(spoilt), digests(await run()));
});

Deno.test("train.fit starts optimisers from the same weights and batches", async () => {
  // A rate this small leaves the weights where they started, to the last digits shown.
  const still = { learningRate: 1e-30, weightDecay: 0 };
  const [sgd, lion] = await Promise.all([
    run({ optimizer: "sgd", epochs: 1, hyperparameters: { ...still, momentum: 0 } }),
    run({ optimizer: "lion", epochs: 1, hyperparameters: { ...still, beta1: 0.9, beta2: 0.99 } }),
  ]);
  assert.equal(sgd.result.digest("weights"), lion.result.digest("weights"));
  assert.equal(sgd.result.digest("history"), lion.result.digest("history"));
});

Deno.test("train.fit that diverges keeps its history and the best weights so far", async () => {
  const wild = {
    optimizer: "sgd",
    hyperparameters: { learningRate: 1000, weightDecay: 100, momentum: 0.9 },
  } as const;
  const { summary, history, result } = await run({ ...wild, patience: 50 });
  assert.equal(summary.stopped, "diverged");
  assert.equal(summary.diverged?.epoch, history.length);
  assert.ok(summary.diverged!.step >= 1 && summary.diverged!.step <= 4);
  assert.ok(!Number.isFinite(history.at(-1)!.validation_loss));
  for (const { data } of decodeSafetensors(result.bytes("weights")).values()) {
    assert.ok(Array.from(data, Number).every(Number.isFinite));
  }
  assert.match(result.notes.join(), /training diverged in epoch \d+, step \d+/);
  const digest = result.digest("history");
  assert.equal((await run({ ...wild, patience: 50 })).result.digest("history"), digest);
});

Deno.test("train.fit that diverges at once keeps the initial weights", async () => {
  const { summary, result } = await run({
    optimizer: "sgd",
    hyperparameters: { learningRate: 1000, weightDecay: 100, momentum: 0 },
    initialization: "zeros",
    batchSize: 1,
  }, { edit: (x) => x.forEach((value, i) => x[i] = value * 1e30) });
  assert.deepEqual([summary.bestEpoch, summary.best, summary.diverged?.epoch], [0, null, 1]);
  const { data } = decodeSafetensors(result.bytes("weights")).get("weight")!;
  assert.ok(Array.from(data, Number).every((value) => value === 0));
});

Deno.test("train.fit names the image whose embedding is not finite", async () => {
  await assert.rejects(
    run({}, { edit: (x) => x[2] = Infinity }),
    /Cannot use the embedding of "a0" as its values must be finite: the value at 2 is Infinity/,
  );
});

Deno.test("train.fit refuses a cnn on what is not pixels", async () => {
  const head = {
    name: "cnn",
    channels: [4],
    kernel: 3,
    pooling: "max",
    hidden: [],
    activation: { kind: "relu" },
    batchNorm: false,
    dropout: 0,
  } as const;
  await assert.rejects(run({ head: { ...head, channels: [4], hidden: [] } }), {
    name: "RangeError",
    message: "Cannot train head cnn on these embeddings as they are not pixels: write " +
      "`embed: pixels`, or take another head",
  });
});

/** Embeddings of 3.5 MiB. */
const LARGE = { dimension: 1024, perClass: 100, noise: 0.1 };

Deno.test("train.fit reads what is too large in windows", async () => {
  const short = { epochs: 3, residentLimit: 3, shuffleWindow: 1 };
  const [resident, streamed] = [
    await run({ ...short, residentLimit: 4 }, LARGE),
    await run(short, LARGE),
  ];
  assert.equal(resident.summary.windows, null);
  assert.deepEqual(streamed.summary.windows, { shardRows: 256, windowShards: 1 });
  // Another order of the same batches' number.
  assert.notEqual(streamed.result.digest("weights"), resident.result.digest("weights"));
  assert.equal(streamed.summary.steps, resident.summary.steps);
  // A window of one shard is the worst case here, as images stand class by class.
  assert.ok(streamed.summary.best!.validationAccuracy > 0.6);
  assert.deepEqual(digests(await run(short, LARGE)), digests(streamed));
  // Another window is another order, whatever else is the same.
  const wide = await run({ ...short, shuffleWindow: 2 }, LARGE);
  assert.deepEqual(wide.summary.windows, { shardRows: 512, windowShards: 1 });
  assert.notEqual(wide.result.digest("weights"), streamed.result.digest("weights"));
});

Deno.test("train.fit of windows reads no test row, and names what is not finite", async () => {
  const short = { epochs: 2, residentLimit: 0, shuffleWindow: 1 };
  const spoilt = await run(short, {
    ...LARGE,
    edit(x, partition, d) {
      partition.forEach((name, i) => name === "test" && x.fill(NaN, i * d, (i + 1) * d));
    },
  });
  assert.deepEqual(digests(spoilt), digests(await run(short, LARGE)));
  for (const wanted of ["train", "validation"]) {
    let row = -1;
    const failing = run(short, {
      ...LARGE,
      edit(x, partition, d) {
        row = partition.lastIndexOf(wanted as "train");
        x[row * d + 7] = -Infinity;
      },
    });
    await assert.rejects(
      failing,
      /Cannot use the embedding of "c\d+" as its values must be finite: the value at 7 is -Infinity/,
    );
    assert.ok(row > 0);
  }
});

const SUMMED = {
  objective: "number",
  weights_absolute_sum: "number",
  weights_norm: "number",
  "gradient_norm 0 (dense 3)": "number",
} as const;

Deno.test("train.fit tells the penalised objective, sums of weights and gradients' norms", async () => {
  const decay = { ...params.hyperparameters, weightDecay: 0.5 };
  const { result, history } = await run({ epochs: 1, hyperparameters: decay });
  const [row] = await parseCsv(result.text("history"), SUMMED);
  let absolute = 0, squares = 0;
  for (const { data } of decodeSafetensors(result.bytes("weights")).values()) {
    for (const value of Array.from(data, Number)) {
      absolute += Math.abs(value);
      squares += value * value;
    }
  }
  assert.ok(Math.abs(row.weights_absolute_sum - absolute) < 1e-12);
  assert.ok(Math.abs(row.weights_norm - Math.sqrt(squares)) < 1e-12);
  assert.ok(Math.abs(row.objective - history[0].train_loss - 0.25 * squares) < 1e-12);
  assert.ok(row["gradient_norm 0 (dense 3)"] > 0);
});

Deno.test("train.fit tells the objective of the loss that it brings down, whatever the history", async () => {
  const objectives = async (
    regularization: Partial<typeof NO_REGULARIZATION>,
    history: "brief" | "full",
  ) => {
    const { result } = await run({
      optimizer: "lbfgs",
      hyperparameters: { learningRate: 1, weightDecay: 0.01, memory: 10, tolerance: 1e-5 },
      regularization: { ...NO_REGULARIZATION, ...regularization },
      epochs: 15,
      patience: 15,
      history,
    });
    const rows = await parseCsv(result.text("history"), { objective: "number" });
    return rows.map(({ objective }) => objective);
  };
  for (const own of [{}, { labelSmoothing: 0.2 }, { classWeights: { a: 3, c: 0.2 } }]) {
    const [brief, full] = [await objectives(own, "brief"), await objectives(own, "full")];
    brief.forEach((value, i) =>
      assert.ok(Math.abs(full[i] - value) < 1e-6, `${value}, ${full[i]}`)
    );
    full.slice(1).forEach((value, i) =>
      assert.ok(value < full[i] + 1e-6, `${value} after ${full[i]}`)
    );
  }
});

Deno.test("train.fit leaves biases out of the penalty when asked", async () => {
  const decay = { ...params.hyperparameters, weightDecay: 0.5 };
  const { result, history } = await run({
    epochs: 1,
    hyperparameters: decay,
    regularization: { ...NO_REGULARIZATION, penalizeBiases: false },
  });
  const [row] = await parseCsv(result.text("history"), SUMMED);
  const { data } = decodeSafetensors(result.bytes("weights")).get("weight")!;
  const squares = Array.from(data, Number).reduce((sum, value) => sum + value * value, 0);
  assert.ok(Math.abs(row.objective - history[0].train_loss - 0.25 * squares) < 1e-12);
});

Deno.test("train.fit tells a full history of classes and dead units", async () => {
  const { result } = await run({
    head: {
      name: "mlp",
      hidden: [4],
      activation: { kind: "relu" },
      batchNorm: false,
      dropout: 0,
    },
    // So large a step that units die.
    optimizer: "sgd",
    hyperparameters: { learningRate: 50, weightDecay: 0, momentum: 0.9 },
    epochs: 3,
    history: "full",
  });
  const rows = await parseCsv(result.text("history"), {
    validation_loss: "number",
    train_loss_at_end: "number",
    train_accuracy_at_end: "number",
    "dead_units 1 (relu)": "number",
    "train_loss_of a": "number",
    "validation_loss_of a": "number",
    "validation_loss_of b": "number",
    "validation_loss_of c": "number",
  });
  for (const row of rows) {
    // As many images of each class.
    const mean = (row["validation_loss_of a"] + row["validation_loss_of b"] +
      row["validation_loss_of c"]) / 3;
    assert.ok(Math.abs(mean / row.validation_loss - 1) < 1e-9);
    assert.equal(row["dead_units 1 (relu)"] * 4 % 1, 0);
  }
  assert.ok(rows.at(-1)!["dead_units 1 (relu)"] > 0);
});

Deno.test("train.fit tells each class's validation loss at the kept epoch, whatever the history", async () => {
  // Validation has no image of class b.
  const data: SyntheticOptions = {
    label: (label, partition) => partition === "validation" && label === "b" ? "c" : label,
  };
  const columns = {
    "validation_loss_of a": "number",
    "validation_loss_of b": "number?",
    "validation_loss_of c": "number",
  } as const;
  for (const keep of ["best", "last"] as const) {
    const full = await run({ keep, history: "full" }, data);
    const rows = await parseCsv(full.result.text("history"), columns);
    const row = rows[full.summary.bestEpoch - 1];
    assert.deepEqual(full.summary.validationLosses, {
      a: row["validation_loss_of a"],
      b: null,
      c: row["validation_loss_of c"],
    });
    const brief = await run({ keep }, data);
    assert.deepEqual(brief.summary.validationLosses, full.summary.validationLosses);
    assert.equal(brief.result.digest("weights"), full.result.digest("weights"));
  }
  const first = await run({ epochs: 1 }, { ...data, edit: (x) => x.fill(3e38) });
  assert.deepEqual([first.summary.bestEpoch, first.summary.validationLosses], [0, {}]);
});

Deno.test("train.fit by gd takes one step an epoch", async () => {
  const { summary } = await run({
    optimizer: "gd",
    hyperparameters: { learningRate: 0.5, weightDecay: 0 },
    epochs: 4,
  });
  assert.deepEqual([summary.steps, summary.batchSize, summary.epochs], [4, 60, 4]);
  await assert.rejects(
    run({
      optimizer: "gd",
      hyperparameters: { learningRate: 1, weightDecay: 0 },
      residentLimit: 0,
    }),
    /Cannot train by gd as its steps take all training images at once, .* raise train.residentLimit/,
  );
});

Deno.test("train.fit makes weights sparse by a proximal L1 penalty, not by a subgradient", async () => {
  const zeros = async (l1Form: "proximal" | "subgradient") => {
    const { result } = await run({
      optimizer: "sgd",
      hyperparameters: { learningRate: 0.1, weightDecay: 0, momentum: 0 },
      regularization: { ...NO_REGULARIZATION, l1: 0.05, l1Form },
    });
    const { data } = decodeSafetensors(result.bytes("weights")).get("weight")!;
    return Array.from(data, Number).filter((value) => value === 0).length;
  };
  assert.ok(await zeros("proximal") > 5);
  assert.equal(await zeros("subgradient"), 0);
});

Deno.test("train.fit balances classes, mixes and smooths, each to other weights", async () => {
  const own = { label: (label: string, partition: string) => partition === "train" ? "a" : label };
  const short = (regularization: object, data: SyntheticOptions = {}) =>
    run({ epochs: 2, regularization: { ...NO_REGULARIZATION, ...regularization } }, data);
  const weights = new Set<string>();
  for (
    const regularization of [
      {},
      { labelSmoothing: 0.1 },
      { mixUp: 0.2 },
      { classWeights: { a: 3 } },
      { weightDecayByClass: { b: 0.5 } },
      { clipNorm: 0.01 },
      { clipValue: 0.001 },
    ]
  ) weights.add((await short(regularization)).result.digest("weights"));
  assert.equal(weights.size, 7);
  // As many images of each class: to balance them changes nothing.
  const plain = (await short({})).result.digest("weights");
  assert.equal((await short({ classWeights: "balanced" })).result.digest("weights"), plain);
  await assert.rejects(
    short({ classWeights: { d: 1 } }),
    /"d" is no class: the classes are "a", "b"/,
  );
  await assert.rejects(
    short({ classWeights: "balanced" }, own),
    /Cannot balance classes as "b" has no training image/,
  );
});

Deno.test("train.fit by lbfgs converges to a flat place, whatever the batch size", async () => {
  const lbfgs = {
    optimizer: "lbfgs",
    hyperparameters: { learningRate: 1, weightDecay: 0.01, memory: 10, tolerance: 1e-5 },
    patience: 60,
  } as const;
  const { summary, result } = await run(lbfgs);
  assert.equal(summary.stopped, "converged");
  assert.ok(summary.epochs < 40 && summary.steps > summary.epochs);
  assert.equal(summary.samples, 60 * summary.steps);
  const objectives = await parseCsv(result.text("history"), { objective: "number" });
  objectives.slice(1).forEach(({ objective }, i) =>
    assert.ok(objective <= objectives[i].objective)
  );
  const other = await run({ ...lbfgs, batchSize: 7 });
  assert.equal(other.result.digest("weights"), result.digest("weights"));
});

Deno.test("train.fit keeps the last epoch's weights when asked, as far as they are finite", async () => {
  const last = await run({ keep: "last" });
  assert.equal(last.summary.bestEpoch, last.summary.epochs);
  assert.ok(last.summary.epochs > (await run()).summary.bestEpoch);
  assert.equal(last.summary.best!.validationLoss, last.history.at(-1)!.validation_loss);
  const wild = await run({
    keep: "last",
    optimizer: "sgd",
    hyperparameters: { learningRate: 1000, weightDecay: 100, momentum: 0.9 },
  });
  assert.equal(wild.summary.stopped, "diverged");
  assert.equal(wild.summary.bestEpoch, wild.summary.epochs - 1);
});

Deno.test("a full history has the classes in their order, digits among them", async () => {
  const classes = ["b", "1", "a", "0"];
  const { result } = await run({ epochs: 1, history: "full" }, { classes });
  const names = result.text("history").split("\n")[0].split(",");
  assert.deepEqual(
    names.flatMap((name) => name.match(/^train_loss_of (.*)$/)?.[1] ?? []),
    classes,
  );
});
