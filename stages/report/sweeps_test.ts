import assert from "node:assert/strict";
import { findSweeps } from "./sweeps.ts";

Deno.test("findSweeps() makes a series of each setting of what else differs", () => {
  const models = ["a0", "a1", "a2", "b0", "b1", "b2", "lone"];
  const own = Object.fromEntries(
    models.slice(0, 6).map((name, i) => [name, {
      train: { optimizer: i < 3 ? "adam" : "sgd", weightDecay: [1, 0, 0.5][i % 3] },
    }]),
  );
  const sweeps = findSweeps(models, { ...own, lone: { train: { optimizer: "lion" } } });
  assert.deepEqual(sweeps, [{
    path: ["train", "weightDecay"],
    parameter: "weightDecay",
    series: [
      {
        name: "optimizer = adam",
        points: [{ value: 0, model: 1 }, { value: 0.5, model: 2 }, { value: 1, model: 0 }],
      },
      {
        name: "optimizer = sgd",
        points: [{ value: 0, model: 4 }, { value: 0.5, model: 5 }, { value: 1, model: 3 }],
      },
    ],
  }]);
});

Deno.test("findSweeps() finds none where models differ in more than a number", () => {
  const rates = { adam: 0.001, lion: 0.0001, sgd: 0.1 };
  const own = Object.fromEntries(
    Object.entries(rates).map(([name, learningRate]) => [name, {
      train: { optimizer: name, learningRate },
    }]),
  );
  assert.deepEqual(findSweeps(Object.keys(rates), own), []);
  assert.deepEqual(findSweeps(["a", "b"], { a: { train: { l: 1 } }, b: { train: { l: 2 } } }), []);
  assert.deepEqual(findSweeps(["toString", "b"], {}), []);
});

Deno.test("findSweeps() finds both numbers of a grid", () => {
  const models: string[] = [];
  const own: Record<string, unknown> = {};
  for (const rate of [1, 2, 3]) {
    for (const decay of [4, 5, 6]) {
      models.push(`${rate}-${decay}`);
      own[`${rate}-${decay}`] = { train: { rate, decay } };
    }
  }
  const sweeps = findSweeps(models, own);
  assert.deepEqual(sweeps.map(({ parameter, series }) => [parameter, series.length]), [
    ["rate", 3],
    ["decay", 3],
  ]);
  assert.deepEqual(sweeps[0].series.map(({ name }) => name), [
    "decay = 4",
    "decay = 5",
    "decay = 6",
  ]);
});
