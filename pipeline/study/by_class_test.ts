/** Weight decay by class: what is trained for it, and what it must not be asked beside. */
import assert from "node:assert/strict";
import train from "../../stages/train/stage.ts";
import type { Plan, PlanNode } from "../plan.ts";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { StudyError } from "./study_error.ts";
import { toyStages } from "./testing/toy_stages.ts";

const HEAD = "format: 1\ntitle: Toy\ndata: {source: letterforms}\n";
const DECAY = "weightDecay: {tune: [0.001, 0.01, 0.1]}";

/** The toys' data, and a split whose seed may vary, before the real training. */
const PORTS = { samples: "csv", classes: "json", embeddings: "safetensors" } as const;
const [data, split] = [toyStages[0], toyStages.find(({ name }) => name === "split")!];

function source(name: string, ports: Readonly<Record<string, string>>, params: unknown) {
  const step = {
    name,
    module: import.meta.url,
    scope: "try",
    params: data.section.or(split.section),
    inputs: {},
    outputs: Object.fromEntries(Object.entries(ports).map(([port, format]) => [port, { format }])),
    run: async () => {},
  };
  return [{ step: step as never, params }];
}

function plan(text: string): Plan {
  return planStudy(parseStudy(HEAD + text, "s.yaml"), [
    { ...data, steps: (section) => source("data.all", PORTS, section) },
    { ...split, steps: (section) => source("split.assign", { partition: "csv" }, section) },
    train,
  ], { draw: ({ draw }) => 0.01 * (draw + 1) });
}

const of = ({ nodes }: Plan, step: string) => nodes.filter((node) => node.step.name === step);
const sourcesOf = ({ inputs }: PlanNode, port: string) => inputs[port].map(({ node }) => node);

Deno.test("each replicate of a model by class has one training more, the model's last", () => {
  const planned = plan(`
train: {seed: {sweep: [1, 2]}, ${DECAY}}
models:
  single: {}
  by-class: {train: {weightDecayByClass: tuned}}
`);
  // The tries are those of the other model.
  assert.equal(of(planned, "train.fit").length, 3 * 2);
  const [single, byClass] = of(planned, "train.select");
  assert.deepEqual(single.params, { monitor: "validationLoss" });
  assert.deepEqual(byClass.params, { monitor: "validationLoss", decayByClass: "weightDecay" });
  assert.deepEqual(sourcesOf(byClass, "summary"), sourcesOf(single, "summary"));
  const picked = of(planned, "train.pick").slice(2);
  const set = of(planned, "train.setByClass");
  const trained = of(planned, "train.fitByClass");
  assert.deepEqual(
    trained.map(({ label }) => label),
    [1, 2].map((seed) => ({
      model: "by-class",
      replicate: `seed=${seed}`,
      candidate: "",
    })),
  );
  trained.forEach((node, i) => {
    assert.deepEqual(sourcesOf(node, "settings"), [set[i].id]);
    assert.deepEqual(sourcesOf(set[i], "choice"), [byClass.id]);
    assert.deepEqual(sourcesOf(set[i], "summary"), [picked[i].id]);
    assert.deepEqual(sourcesOf(picked[i], "choice"), [byClass.id]);
  });
});

Deno.test("decays by class are chosen after the last round of refinement", () => {
  const planned = plan(`
train: {weightDecay: {tune: [0.01, 0.1, 1], refine: 2}, batchSize: {tune: [16, 32]}}
models:
  single: {}
  by-class: {train: {weightDecayByClass: tuned}}
`);
  const selects = of(planned, "train.select");
  // The first rounds are shared; the last one chooses by class too.
  assert.deepEqual(
    selects.map(({ params, inputs }) => [
      "decayByClass" in (params as object),
      inputs.summary.length,
    ]),
    [[false, 6], [false, 10], [false, 14], [true, 14]],
  );
  assert.equal(of(planned, "train.refine").length, 2 * 4);
  const [{ id }] = of(planned, "train.setByClass");
  assert.deepEqual(sourcesOf(of(planned, "train.fitByClass")[0], "settings"), [id]);
});

Deno.test("replicates with splits of their own choose decays each by its own split", () => {
  const planned = plan(`
split: {seed: {sweep: [1, 2]}}
train: {${DECAY}, weightDecayByClass: tuned}
`);
  const selects = of(planned, "train.selectInReplicate");
  assert.equal(selects.length, 2);
  of(planned, "train.setByClass").forEach((node, i) => {
    assert.deepEqual(sourcesOf(node, "choice"), [selects[i].id]);
  });
});

Deno.test("a single decay may be searched by itself, at random too", () => {
  const planned = plan(
    "train: {tune: {random: 3, weightDecay: {uniform: [0, 1]}}, weightDecayByClass: tuned}\n",
  );
  assert.equal(of(planned, "train.fit").length, 3);
  assert.equal(of(planned, "train.fitByClass").length, 1);
});

Deno.test("decays by class are refused where there are none to compare", () => {
  const untuned = /^chooses among the values of weightDecay, of which two or more must be tuned/;
  const beside = "^compares values of weightDecay beside equal other values";
  const cases: Record<string, RegExp> = {
    "weightDecayByClass: tuned": untuned,
    "weightDecayByClass: tuned, weightDecay: 0.1": untuned,
    "weightDecayByClass: tuned, weightDecay: {tune: [0.1]}": untuned,
    "weightDecayByClass: tuned, weightDecay: {sweep: [0.1, 1]}": untuned,
    "weightDecayByClass: tuned, learningRate: {tune: [0.1, 1]}": untuned,
    [`${DECAY}, learningRate: {tune: [0.1, 1], refine: 1}, weightDecayByClass: tuned`]: RegExp(
      `${beside}: learningRate cannot be refined, weightDecay can`,
    ),
    "weightDecayByClass: tuned, tune: {points: [{weightDecay: 0, epochs: 1}, {weightDecay: 1, epochs: 2}]}":
      RegExp(`${beside}, which a joint search changes with it`),
    [`${DECAY}, optimizer: lbfgs, weightDecayByClass: tuned`]:
      /^optimizer lbfgs has no weightDecayByClass$/,
    [`${DECAY}, head: {tune: [softmax, centroid]}, weightDecayByClass: tuned`]:
      /^head centroid is fitted in one go and has no weight decay by class/,
    [`${DECAY}, weightDecayByClass: tune`]: /^Expected tuned, or numbers by the names of classes$/,
  };
  for (const [section, expected] of Object.entries(cases)) {
    const column = "train: {weightDecayByClass: ".length + 1 +
      section.indexOf("weightDecayByClass");
    const [place, message] = refusal(`train: {${section}}\n`).split(": train.weightDecayByClass: ");
    assert.equal(place, `4:${column}`, section);
    assert.match(message, expected, section);
  }
  assert.match(
    refusal("train: {head: forest, weightDecayByClass: tuned}\n"),
    /^4:23: train\.weightDecayByClass: has no effect: head forest is fitted in one go/,
  );
  // A model that tunes nothing is told of at its own place.
  const told = refusal(`
train: {weightDecayByClass: tuned}
models:
  tuned: {train: {${DECAY}}}
  fixed: {train: {weightDecay: 0.1, batchSize: 8}}
`);
  assert.match(told, /^5:29: train\.weightDecayByClass: chooses among/);
});

Deno.test("what is asked of every model leaves those aside that are fitted in one go", () => {
  const planned = plan(`
train: {weightDecayByClass: tuned, ${DECAY}}
models:
  softmax: {}
  neighbours: {train: {weightDecay: , head: {kind: knn, neighbors: {tune: [1, 5]}}}}
`);
  assert.equal(of(planned, "train.fitByClass").length, 1);
  assert.equal(of(planned, "train.fitOnce").length, 2);
});

function refusal(text: string): string {
  try {
    plan(text);
  } catch (error) {
    if (error instanceof StudyError) return error.message.replace(/^s\.yaml:/gm, "");
    throw error;
  }
  return "";
}
