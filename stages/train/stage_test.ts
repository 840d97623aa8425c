import assert from "node:assert/strict";
import { z } from "zod";
import type { StudyFacts } from "../../pipeline/stage.ts";
import { FitParams } from "./fit.ts";
import { FitOnceParams } from "./fit_once.ts";
import stage from "./stage.ts";

const facts = (...candidates: number[]): StudyFacts => ({
  name: "study",
  study: {},
  models: candidates.map((count, i) => ({
    name: `model${i}`,
    replicates: ["seed=1"],
    candidates: Array.from({ length: count }, (_, j) => count === 1 ? "" : `learningRate=${j}`),
    sections: {},
  })),
});

const stepsOf = (section: unknown, candidates = [1]) =>
  stage.steps(stage.section.parse(section), facts(...candidates));

Deno.test("an empty section trains with every default", () => {
  const [{ params }, ...others] = stepsOf({});
  assert.equal(others.length, 0);
  assert.deepEqual(FitParams.parse(params), {
    head: { name: "softmax" },
    optimizer: "adam",
    hyperparameters: {
      learningRate: 0.001,
      weightDecay: 0,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      epsilonInside: 0,
      biasCorrection: 1,
    },
    schedule: { name: "constant", values: {}, warmUp: 0 },
    initialization: "uniform",
    seed: 1,
    batchSize: 32,
    epochs: 100,
    patience: 10,
    minDelta: 0,
    monitor: "validationLoss",
    residentLimit: 1024,
    shuffleWindow: 64,
    regularization: {
      l1: 0,
      l1Form: "proximal",
      penalizeBiases: true,
      weightDecayByClass: {},
      clipNorm: null,
      clipValue: null,
      labelSmoothing: 0,
      classWeights: "none",
      mixUp: 0,
    },
    history: "brief",
    keep: "best",
  });
});

Deno.test("candidates of any model bring the choice", () => {
  const names = stepsOf({}, [1, 3]).map(({ step }) => step.name);
  assert.deepEqual(names, ["train.fit", "train.select", "train.pick"]);
});

Deno.test("values out of range are refused where they stand, with the range", () => {
  const cases: [section: object, path: string, message: RegExp][] = [
    [{ learningRate: -1 }, "learningRate", /expected a number in \(0, 1000\], found -1/],
    [{ beta1: 1 }, "beta1", /expected a number in \[0, 1\), found 1/],
    [{ weightDecay: -0.1 }, "weightDecay", /in \[0, 100\], found -0.1/],
    [{ patience: 0 }, "patience", /in \[1, 10000\], found 0/],
    [{ l1: -1 }, "l1", /expected a number in \[0, 100\], found -1/],
    [{ clipNorm: 0 }, "clipNorm", /expected a number in \(0, 1e9\], found 0/],
    [{ labelSmoothing: 1 }, "labelSmoothing", /expected a number in \[0, 1\), found 1/],
    [{ mixUp: -0.2 }, "mixUp", /expected a number in \[0, 100\], found -0.2/],
    [{ classWeights: "even" }, "classWeights", /Expected none, balanced, or numbers by the names/],
    [{ weightDecayByClass: { a: -1 } }, "weightDecayByClass.a", /in \[0, 100\], found -1/],
    [{ optimizer: "nadam", beta1: 0 }, "beta1", /expected a number in \(0, 1\), found 0/],
    [{ optimizer: "sgd", epsilon: 1 }, "epsilon", /optimizer sgd has no epsilon, it has/],
    [
      { optimizer: "lbfgs", head: "mlp" },
      "head",
      /lbfgs needs a convex loss: head softmax, found mlp/,
    ],
    [{ optimizer: "lbfgs", schedule: "cosine" }, "schedule", /takes no schedule, found cosine/],
    [{ optimizer: "lbfgs", l1: 0.1 }, "l1", /l1 must be 0, found 0.1/],
    [{ optimizer: "lbfgs", memory: 2.5 }, "memory", /expected/],
    [{ biasCorrection: 2 }, "biasCorrection", /expected boolean/],
    [{ epochs: 20_000 }, "epochs", /in \[1, 10000\], found 20000/],
    [
      { schedule: { kind: "step", every: 0 } },
      "schedule.every",
      /an integer in \[1, 10000\], found 0/,
    ],
    [{ schedule: { kind: "step", every: 1.5 } }, "schedule.every", /integer .*, found 1.5/],
    [{ schedule: { kind: "step", factor: 0 } }, "schedule.factor", /in \(0, 1\], found 0/],
    [{ schedule: { kind: "cosine", warmUp: -1 } }, "schedule.warmUp", /in \[0, 10000\], found -1/],
    [{ schedule: { kind: "cosine", every: 2 } }, "schedule", /every/],
    [
      { schedule: "linear" },
      "schedule.kind",
      /constant, step, exponential, cosine, oneCycle, plateau/,
    ],
    [{ batchSize: 0 }, "batchSize", /in \[1, 65536\], found 0/],
    [{ optimizer: "lion", momentum: 0.9 }, "momentum", /lion has no momentum, it has learningRate/],
    [{ optimizer: "adamax" }, "optimizer", /./],
    [{ monitor: "loss" }, "monitor", /./],
  ];
  for (const [section, path, message] of cases) {
    const { error } = stage.section.safeParse(section);
    assert.equal(error?.issues.length, 1, JSON.stringify(section));
    assert.equal(error?.issues[0].path.join("."), path);
    assert.match(error!.issues[0].message, message);
  }
});

Deno.test("heads are described with every default", () => {
  const headOf = (section: object) => FitParams.parse(stepsOf(section)[0].params).head;
  assert.deepEqual(headOf({ head: "mlp" }), {
    name: "mlp",
    hidden: [128],
    activation: { kind: "relu" },
    batchNorm: false,
    dropout: 0,
  });
  const elu = { head: "mlp", hidden: [512, 256], activation: "elu", batchNorm: true, dropout: 0.5 };
  assert.deepEqual(headOf(elu), {
    name: "mlp",
    hidden: [512, 256],
    activation: { kind: "elu", alpha: 1 },
    batchNorm: true,
    dropout: 0.5,
  });
  const leaky = { head: "cnn", channels: 8, activation: "leakyRelu", leakySlope: 0.2 };
  assert.deepEqual(headOf(leaky), {
    name: "cnn",
    channels: [8],
    kernel: 3,
    pooling: "max",
    hidden: [64],
    activation: { kind: "leakyRelu", slope: 0.2 },
    batchNorm: false,
    dropout: 0,
  });
  assert.deepEqual(headOf({ head: "transfer" }), { name: "transfer" });
  assert.deepEqual(headOf({ head: "mlp", hidden: [] }), headOf({ head: "mlp", hidden: [] }));
});

Deno.test("what a head does not have, and what is out of range, is refused", () => {
  const cases: [section: object, path: string, message: string][] = [
    [{ hidden: [5] }, "hidden", "head softmax has no hidden, and no other setting of its own"],
    [
      { head: "mlp", kernel: 3 },
      "kernel",
      "head mlp has no kernel, it has hidden, activation, leakySlope, eluAlpha, batchNorm, dropout",
    ],
    [
      { head: "transfer", dropout: 0.2 },
      "dropout",
      "head transfer has no dropout, and no other setting of its own",
    ],
    [
      { head: "mlp", leakySlope: 0.2 },
      "leakySlope",
      "activation relu has no leakySlope, only leakyRelu has",
    ],
    [
      { head: "mlp", activation: "gelu", eluAlpha: 0.2 },
      "eluAlpha",
      "activation gelu has no eluAlpha, only elu has",
    ],
    [{ head: "mlp", dropout: 1 }, "dropout", "expected a number in [0, 1), found 1"],
    [{ head: "cnn", kernel: 17 }, "kernel", "expected a number in [1, 15], found 17"],
    [
      { head: "cnn", kernel: 4 },
      "kernel",
      "expected an odd number, so that images keep their size, found 4",
    ],
  ];
  for (const [section, path, message] of cases) {
    const { error } = stage.section.safeParse(section);
    assert.deepEqual(
      error?.issues.map((issue) => [issue.path.join("."), issue.message]),
      [[path, message]],
      JSON.stringify(section),
    );
  }
});

Deno.test("the section makes a JSON Schema that describes every key", () => {
  const schema = z.toJSONSchema(stage.section, { io: "input" });
  const properties = schema.properties as Record<string, { description?: string }>;
  for (const name of ["head", "learningRate", "momentum", "beta2", "patience", "monitor"]) {
    assert.ok(properties[name]?.description, name);
  }
});

Deno.test("a head that is fitted in one go asks for a step of its own, with its defaults", () => {
  const cases: [section: unknown, params: object][] = [
    [{ head: "forest", seed: 3 }, {
      head: {
        name: "forest",
        trees: 200,
        maxFeatures: "sqrt",
        maxDepth: null,
        minLeaf: 1,
        bins: 256,
        bootstrap: true,
        classWeight: "uniform",
      },
      seed: 3,
      residentLimit: 1024,
    }],
    [{ head: { kind: "knn", metric: "cosine" } }, {
      head: { name: "knn", neighbors: 5, metric: "cosine", weights: "uniform" },
      seed: null,
      residentLimit: 1024,
    }],
    [{ head: "centroid", residentLimit: 7 }, {
      head: { name: "centroid", metric: "euclidean", shrinkage: 0 },
      seed: null,
      residentLimit: 7,
    }],
  ];
  for (const [section, params] of cases) {
    const steps = stepsOf(section, [2]);
    assert.deepEqual(steps.map(({ step }) => step.name), [
      "train.fitOnce",
      "train.select",
      "train.pick",
    ]);
    assert.deepEqual(FitOnceParams.parse(steps[0].params), params);
    assert.deepEqual(steps[0].params, params);
  }
});

Deno.test("a map with the kind alone is the head's name", () => {
  assert.equal(stage.section.parse({ head: { kind: "mlp" }, hidden: 3 }).head, "mlp");
});

Deno.test("settings of a head that is fitted in one go are refused out of range, and unknown ones", () => {
  const cases: [section: object, path: string, message: RegExp][] = [
    [{ head: { kind: "forest", trees: 0 } }, "head.trees", /in \[1, 10000\], found 0$/],
    [{ head: { kind: "forest", bins: 257 } }, "head.bins", /in \[2, 256\], found 257$/],
    [{ head: { kind: "forest", maxDepth: 0 } }, "head.maxDepth", /in \[1, 10000\], found 0$/],
    [{ head: { kind: "knn", neighbors: 0 } }, "head.neighbors", /in \[1, 10000\], found 0$/],
    [{ head: { kind: "centroid", shrinkage: -1 } }, "head.shrinkage", /in \[0, 1000\], found -1$/],
    [{ head: { kind: "knn", trees: 5 } }, "head", /trees/],
    [{ head: { kind: "softmax", trees: 5 } }, "head", /trees/],
    [{ head: "tree" }, "head.kind", /forest, knn, centroid/],
    [{ head: "forest", hidden: 5 }, "hidden", /head forest has no hidden/],
  ];
  for (const [section, path, message] of cases) {
    const { error } = stage.section.safeParse(section);
    assert.equal(error?.issues.length, 1, JSON.stringify(section));
    assert.equal(error.issues[0].path.join("."), path);
    assert.match(error.issues[0].message, message);
  }
});

Deno.test("settings of a training have no effect on a head that is fitted in one go", () => {
  const section = stage.section.parse({ head: "forest" });
  const { keys, reason } = stage.withoutEffect!(section)!;
  for (const key of ["optimizer", "learningRate", "schedule", "epochs", "batchSize", "patience"]) {
    assert.ok(keys.includes(key), key);
  }
  for (const key of ["head", "seed", "monitor", "residentLimit"]) assert.ok(!keys.includes(key));
  assert.ok(stage.section.safeParse({ head: "forest", momentum: 0.9 }).success);
  assert.match(reason, /^head forest is fitted in one go/);
  assert.equal(stage.withoutEffect!(stage.section.parse({})), undefined);
});

Deno.test("a batch size has no effect where each step takes all images", () => {
  for (const optimizer of ["gd", "lbfgs"]) {
    const { keys, reason } = stage.withoutEffect!(stage.section.parse({ optimizer }))!;
    assert.deepEqual(keys, ["batchSize"]);
    assert.equal(reason, `optimizer ${optimizer} takes all training images at each step`);
  }
});
