import assert from "node:assert/strict";
import type { Choice } from "../../data/artifacts/choice.ts";
import { runStep } from "../../testing/run_step.ts";
import { FitParams } from "./fit.ts";
import refine from "./refine.ts";
import { refinedValue } from "./refined_value.ts";
import { trainSection } from "./section.ts";

const TRIED = [0.001, 0.01, 0.1];

function round(options: Omit<Parameters<typeof refinedValue>[0], "place">): number[] {
  return Array.from({ length: options.points }, (_, place) => refinedValue({ ...options, place }));
}

Deno.test("refinedValue() fills both gaps beside the best value", () => {
  const log = round({ tried: TRIED, best: 0.01, points: 4, scale: "log" });
  assert.deepEqual(log, [0.00215, 0.00464, 0.0215, 0.0464]);
  const linear = round({ tried: [0.3, 0.1, 0.2], best: 0.2, points: 5, scale: "linear" });
  assert.deepEqual(linear, [0.133, 0.167, 0.225, 0.25, 0.275]);
});

Deno.test("refinedValue() stays within what was tried where the best value ends it", () => {
  const low = round({ tried: TRIED, best: 0.001, points: 2, scale: "log" });
  assert.deepEqual(low, [0.00215, 0.00464]);
  const high = round({ tried: [0, 0.5], best: 0.5, points: 3, scale: "linear" });
  assert.deepEqual(high, [0.125, 0.25, 0.375]);
});

Deno.test("refinedValue() writes more digits where three do not keep values apart", () => {
  const values = round({ tried: [1, 1.002], best: 1, points: 3, scale: "linear" });
  assert.deepEqual(values, [1.0005, 1.001, 1.0015]);
});

Deno.test("refinedValue() needs a neighbour", () => {
  const alone = () => refinedValue({ tried: [1, 1], best: 1, place: 0, points: 1, scale: "log" });
  assert.throws(alone, /Cannot refine the value 1 as it is the only one that was tried/);
});

const candidate = (learningRate: number, values: Choice["candidates"][0]["values"] = {}) => ({
  candidate: `learningRate=${learningRate}`,
  values: { learningRate, ...values },
  round: 0,
  mean: 1,
  standardDeviation: 0,
  perReplicate: [1],
  diverged: 0,
});

const VALUES = [
  {
    name: "learningRate",
    path: ["learningRate"],
    grid: TRIED,
    refined: { place: 1, points: 2, scale: "log" as const },
  },
  { name: "batchNorm", path: ["batchNorm"], grid: [false, true] },
  { name: "factor", path: ["schedule", "factor"], grid: [0.1, 0.5] },
];

Deno.test("train.refine writes the whole training: refined values, and the best of the others", async () => {
  const section = trainSection.parse({
    head: "mlp",
    learningRate: 0.05,
    batchNorm: false,
    schedule: { kind: "step", every: 5 },
    seed: 7,
  });
  const choice: Choice = {
    criterion: "validationLoss",
    candidates: TRIED.map((rate) => candidate(rate, { batchNorm: "true", factor: 0.5 })),
    chosen: "learningRate=0.01",
    atEdge: [],
  };
  const result = await runStep(refine, { round: 1, values: VALUES, section }, {
    inputs: { choice: { json: choice } },
  });
  assert.deepEqual(result.json("proposal"), {
    round: 1,
    values: { learningRate: 0.0316, batchNorm: "true", factor: 0.5 },
  });
  const settings = FitParams.parse(result.json("settings"));
  assert.equal(settings.hyperparameters.learningRate, 0.0316);
  assert.equal(settings.seed, 7);
  assert.equal((settings.head as { batchNorm: boolean }).batchNorm, true);
  assert.deepEqual(settings.schedule, {
    name: "step",
    values: { every: 5, factor: 0.5 },
    warmUp: 0,
  });

  // Other scores that lead to the same best value ask for the very same training.
  const others = choice.candidates.map((own) => ({ ...own, mean: 2 }));
  const again = await runStep(refine, { round: 1, values: VALUES, section }, {
    inputs: { choice: { json: { ...choice, candidates: others } } },
  });
  assert.equal(again.digest("settings"), result.digest("settings"));
});
