import assert from "node:assert/strict";
import { draw } from "../cli/draw.ts";
import type { Plan } from "../plan.ts";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { StudyError } from "./study_error.ts";
import { toyStages } from "./testing/toy_stages.ts";

const HEAD = "format: 1\ntitle: Toy\ndata: {source: letterforms}\n";

function plan(text: string, overrides: string[] = []): Plan {
  return planStudy(parseStudy(HEAD + text, "s.yaml", { overrides }), toyStages, { draw });
}

/** Params of every training. */
function fits(text: string, overrides?: string[]) {
  return plan(text, overrides).nodes.filter(({ step }) => step.name === "train.fit")
    .map(({ params }) => params as Record<string, number>);
}

const RANDOM = `
train:
  tune:
    random: {draws: 6, seed: 1}
    learningRate: {log: [0.0001, 1]}
    weightDecay: {uniform: [0, 0.1]}
    epochs: {integer: [1, 100]}
    optimizer: {choice: [adam, lion]}
`;

Deno.test("listed points are tried as they are written", () => {
  const { nodes } = plan(`
train:
  epochs: 3
  tune:
    points:
      - {learningRate: 0.1, weightDecay: 0}
      - {learningRate: 0.1, weightDecay: 0.01}
      - {learningRate: 0.01, weightDecay: 0}
`);
  const trainings = nodes.filter(({ step }) => step.name === "train.fit");
  assert.deepEqual(trainings.map(({ params }) => params), [
    { optimizer: "adam", learningRate: 0.1, weightDecay: 0, epochs: 3, seed: 1 },
    { optimizer: "adam", learningRate: 0.1, weightDecay: 0.01, epochs: 3, seed: 1 },
    { optimizer: "adam", learningRate: 0.01, weightDecay: 0, epochs: 3, seed: 1 },
  ]);
  const select = nodes.find(({ step }) => step.name === "train.select")!;
  assert.deepEqual(select.inputs.summary.map(({ label }) => label.candidate), [
    "learningRate=0.1 weightDecay=0",
    "learningRate=0.1 weightDecay=0.01",
    "learningRate=0.01 weightDecay=0",
  ]);
});

Deno.test("random draws are in their ranges, rounded, distinct, and the same every time", () => {
  const trainings = fits(RANDOM);
  assert.equal(trainings.length, 6);
  assert.equal(new Set(trainings.map((own) => JSON.stringify(own))).size, 6);
  for (const { learningRate, weightDecay, epochs } of trainings) {
    assert.ok(learningRate >= 0.0001 && learningRate <= 1);
    assert.equal(Number(learningRate.toPrecision(3)), learningRate);
    assert.ok(weightDecay >= 0 && weightDecay <= 0.1);
    assert.ok(Number.isInteger(epochs));
  }
  assert.deepEqual(fits(RANDOM), trainings);
  const other = fits(RANDOM, ["train.tune.random.seed=2"]);
  assert.notDeepEqual(other, trainings);
});

Deno.test("more draws keep the first ones, and one more parameter those of the others", () => {
  const trainings = fits(RANDOM);
  assert.deepEqual(fits(RANDOM, ["train.tune.random.draws=9"]).slice(0, 6), trainings);
  const without = fits(RANDOM.replace(/^ +weightDecay.*\n/m, ""));
  assert.deepEqual(
    without.map(({ learningRate }) => learningRate),
    trainings.map(({ learningRate }) => learningRate),
  );
});

Deno.test("a number alone is that of draws; digits say how they are rounded", () => {
  const rates = (random: string) =>
    fits(`train: {tune: {random: ${random}, learningRate: {uniform: [0.1, 0.9]}}}\n`)
      .map(({ learningRate }) => learningRate);
  assert.deepEqual(rates("3"), rates("{draws: 3, seed: 1, digits: 3}"));
  assert.deepEqual(
    rates("{draws: 3, digits: 2}"),
    rates("{draws: 3, digits: 15}").map((rate) => Number(rate.toPrecision(2))),
  );
});

Deno.test("a search multiplies with what is tuned beside it, and seeds repeat it", () => {
  const text = RANDOM.replace("optimizer: {choice: [adam, lion]}", "") +
    "  seed: {sweep: [1, 2]}\n  optimizer: {tune: [adam, lion]}\n";
  assert.equal(fits(text).length, 6 * 2 * 2);
});

Deno.test("a model lays its own ranges over the study's, takes one away, or lists points", () => {
  const facts = fits(`
train:
  tune:
    random: 4
    learningRate: {log: [0.0001, 1]}
    weightDecay: {uniform: [0, 0.1]}
models:
  adam: {train: {optimizer: adam}}
  lion: {train: {optimizer: lion, tune: {learningRate: {log: [0.00001, 0.001]}, weightDecay: }}}
  sgd: {train: {optimizer: sgd, tune: {points: [{learningRate: 0.5}]}}}
  none: {train: {tune: , epochs: 7, learningRate: {tune: [0.3, 0.4]}}}
`);
  assert.deepEqual(
    facts.filter(({ epochs }) => epochs === 7).map(({ learningRate }) => learningRate),
    [0.3, 0.4],
  );
  const of = (name: unknown) => facts.filter(({ optimizer }) => optimizer === name);
  assert.equal(of("adam").filter(({ epochs }) => epochs !== 7).length, 4);
  assert.ok(of("lion").every((own) => own.learningRate <= 0.001 && own.weightDecay === 0));
  assert.equal(of("lion").length, 4);
  assert.deepEqual(of("sgd").map(({ learningRate }) => learningRate), [0.5]);
});

Deno.test("a malformed search is told where it stands", () => {
  const cases: Record<string, string[]> = {
    "train: {tune: {}}": [
      "4:15: train.tune: expected `points` or `random` (write {points: [{learningRate: 0.1}, ...]}, " +
      "or {random: 20, learningRate: {log: [0.0001, 1]}})",
    ],
    "train: {tune: {random: 0, epochs: {integer: [1, 2]}}}": [
      "4:24: train.tune.random: expected a whole number in [1, 10000], found 0",
    ],
    "train: {tune: {random: {draws: 2, sed: 1}, epochs: {integer: [1, 2]}}}": [
      "4:35: train.tune.random.sed: unknown key",
    ],
    "train: {tune: {random: 2}}": [
      "4:15: train.tune: draws nothing (name parameters with what they are drawn from: learningRate: " +
      "{log: [0.0001, 1]})",
    ],
    "train: {tune: {random: 2, epochs: {integer: [1, 10000000000]}}}": [
      "4:45: train.tune.epochs.integer: expected ends less than 2^32 apart, found [1, 10000000000]",
    ],
    "train: {tune: {random: 2, learningRate: {uniform: [-1.0e+308, 1.0e+308]}}}": [
      "4:51: train.tune.learningRate.uniform: expected ends less than 1.8e308 apart, found " +
      "[-1e+308, 1e+308]",
    ],
    "train: {tune: {random: 2, learningRate: {log: [0, 1]}}}": [
      "4:48: train.tune.learningRate.log[0]: expected a number above 0, found 0",
    ],
    "train: {tune: {random: 2, learningRate: {uniform: [1, 1]}}}": [
      "4:51: train.tune.learningRate.uniform: expected two different numbers, the least first, found [1, 1]",
    ],
    "train: {tune: {random: 2, learningRate: {normal: [1, 1]}}}": [
      "4:41: train.tune.learningRate: expected one of {log: [low, high]}, {uniform: [low, high]}, " +
      "{integer: [low, high]} and {choice: [values]}, found a map",
    ],
    "train: {tune: {random: 2, optimizer: {choice: [adam]}}}": [
      "4:47: train.tune.optimizer.choice: expected a list of two or more different single values to " +
      "draw from",
    ],
    "train: {tune: {random: 3, optimizer: {choice: [adam, lion]}}}": [
      "4:15: train.tune: cannot draw 3 different points: there are about 2 (draw fewer, from wider " +
      "ranges, or list every value in a tune of its own)",
    ],
    "train: {tune: {random: 2, learningRate: {uniform: [-2, -1]}}}": [
      "4:41: train.tune.random[0].learningRate: expected a number greater than 0, found",
    ],
    "train: {learningRate: 0.1, tune: {random: 2, learningRate: {uniform: [1, 2]}}}": [
      "4:9: train.learningRate: is searched and set at once (take it away here, or in " +
      "train.tune.random[0].learningRate)",
    ],
    "train: {tune: {random: 2, learningrate: {uniform: [1, 2]}}}": [
      "4:27: train.tune.random[0].learningrate: unknown key (did you mean learningRate?)",
    ],
    "train: {tune: {points: []}}": [
      "4:24: train.tune.points: expected a list of at least one point, such as [{learningRate: 0.1}]",
    ],
    "train: {tune: {points: [{epochs: 1}, {epochs: 2, seed: 2}]}}": [
      "4:38: train.tune.points[1]: has a value of seed, which the first point does not have (every " +
      "point gives a value to the same parameters)",
    ],
    "train: {tune: {points: [{epochs: 1}, {epochs: 1}]}}": [
      "4:38: train.tune.points[1]: is the same point as train.tune.points[0]",
    ],
    "train: {tune: {points: [{epochs: 1}], random: 2}}": [
      "4:39: train.tune.random: cannot stand beside points (each point has a value of each parameter)",
    ],
    "train: {tune: {points: [{epochs: 0}]}}": [
      "4:34: train.tune.points[0].epochs: expected a number greater than 0, found 0",
    ],
    "train: {epochs: {tune: {random: 2}}}": [
      "4:17: train.epochs: expected a number, found a map",
      "4:18: train.epochs.tune: a joint search cannot stand here (it stands in a section itself, such " +
      "as train: {tune: {random: 20, ...}})",
    ],
    "train: {tune: {points: [{seed: 1}, {seed: 2}]}}": [
      "4:32: train.tune.points[0].seed: cannot tune a seed (write sweep to repeat each model)",
    ],
  };
  for (const [text, expected] of Object.entries(cases)) {
    const told = refusal(text);
    assert.equal(told.length, expected.length, `${text}\n${told.join("\n")}`);
    told.forEach((line, i) => assert.ok(line.startsWith(expected[i]), `${text}\n${line}`));
  }
});

function refusal(text: string): string[] {
  try {
    plan(text);
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    return error.message.split("\n").map((line) => line.replace(/^s\.yaml:/, ""));
  }
  return [];
}
