import assert from "node:assert/strict";
import { z } from "zod";
import type { Plan } from "../plan.ts";
import type { AnyStage, StudyFacts } from "../stage.ts";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { StudyError } from "./study_error.ts";
import { toyStages, toyStep } from "./testing/toy_stages.ts";

const json = { format: "json" } as const;
const many = { format: "json", many: true } as const;
const read = toyStep(
  "evaluate.predictions",
  "replicate",
  z.object({ file: z.string() }),
  { partition: json },
  { metrics: json },
);
const write = toyStep("report.note", "study", z.object({}), {
  comparison: json,
  partition: many,
  summary: { ...many, optional: true },
}, { note: json });

let told: StudyFacts | undefined;

/** The toy stages, with their part in predictions from a file. */
const stages = toyStages.map((stage): AnyStage => {
  if (["augment", "embed", "train"].includes(stage.name)) return { ...stage, outside: null };
  if (stage.name === "report") {
    return { ...stage, steps: () => [{ step: write, params: {} }] };
  }
  if (stage.name !== "evaluate") return stage;
  return {
    ...stage,
    outside(section, facts, { file }) {
      told = facts;
      const [, compare] = stage.steps(section, facts);
      return [{ step: read, params: { file } }, compare];
    },
  };
});

const HEAD = "format: 1\ntitle: Toy\ndata: {source: letterforms}\n";
const plan = (text: string, there = ["a.csv", "b.csv"]): Plan =>
  planStudy(parseStudy(HEAD + text, "reports/toy/study.yaml"), stages, {
    isThere: (study, file) => study === "toy" && there.includes(file),
  });
const labels = ({ nodes }: Plan, node: string, port: string) =>
  nodes.find(({ id }) => id === node)!.inputs[port]
    .map(({ node, label: { model, replicate } }) => [node, model, replicate]);

Deno.test("predictions of a study with one model stand beside it", () => {
  const before = plan("");
  const whole = plan("predictions: {notebook: {file: a.csv}}\n");
  const added = "evaluate.predictions";
  assert.deepEqual(
    whole.nodes.map(({ id }) => id).filter((id) => id !== added),
    before.nodes.map(({ id }) => id),
  );
  assert.deepEqual(labels(whole, "evaluate.compare", "metrics"), [
    ["evaluate.model", "model", ""],
    [added, "notebook", ""],
  ]);
});

Deno.test("predictions are not repeated with the models, and share the split", () => {
  const whole = plan(`
train: {seed: {sweep: [1, 2]}, learningRate: {tune: [0.1, 0.01]}}
models: {adam: {}, lion: {embed: {method: pixels}, train: {optimizer: lion}}}
predictions: {one: {file: a.csv}, two: {file: b.csv}}
`);
  assert.deepEqual(labels(whole, "evaluate.compare", "metrics"), [
    ["evaluate.model[adam, seed=1]", "adam", "seed=1"],
    ["evaluate.model[adam, seed=2]", "adam", "seed=2"],
    ["evaluate.model[lion, seed=1]", "lion", "seed=1"],
    ["evaluate.model[lion, seed=2]", "lion", "seed=2"],
    ["evaluate.predictions[one]", "one", ""],
    ["evaluate.predictions[two]", "two", ""],
  ]);
  assert.deepEqual(labels(whole, "evaluate.predictions[one]", "partition"), [
    ["split.assign", "", ""],
  ]);
  assert.equal(whole.nodes.filter(({ id }) => id.startsWith("split.")).length, 1);
  assert.deepEqual(
    told!.models.map(({ name, file, replicates }) => [name, file, replicates.length]),
    [["adam", undefined, 2], ["lion", undefined, 2], ["one", "a.csv", 1], ["two", "b.csv", 1]],
  );
  assert.deepEqual(Object.keys(told!.models[2].sections).includes("train"), false);
});

Deno.test("folds repeat predictions from a file as they repeat the models", () => {
  const whole = plan(`
split: {seed: 1, fold: {sweep: [1, 2]}}
train: {seed: {sweep: [1, 2]}}
predictions: {notebook: {file: a.csv}}
`);
  assert.deepEqual(labels(whole, "evaluate.compare", "metrics").slice(-3), [
    ["evaluate.model[fold=2 seed=2]", "model", "fold=2 seed=2"],
    ["evaluate.predictions[fold=1]", "notebook", "fold=1"],
    ["evaluate.predictions[fold=2]", "notebook", "fold=2"],
  ]);
  const of = (fold: number) => labels(whole, `evaluate.predictions[fold=${fold}]`, "partition");
  assert.deepEqual([of(1), of(2)], [
    [["split.assign[fold=1]", "", ""]],
    [["split.assign[fold=2]", "", ""]],
  ]);
});

const BAD: readonly [text: string, says: RegExp][] = [
  [
    "predictions: {x: {file: c.csv}}",
    /:4:\d+: predictions\.x\.file: there is no such file .* c\.csv/,
  ],
  ["predictions: {x: {file: ../a.csv}}", /path within the study's folder .* found "\.\.\/a\.csv"/],
  ["predictions: {x: {file: /a.csv}}", /path within the study's folder/],
  ["predictions: {x: {file: 3}}", /predictions\.x\.file/],
  ["predictions: {x: {}}", /predictions\.x.*file/],
  ["predictions: {x-: {file: a.csv}, 1x: {file: b.csv}}", /1x/],
  [
    "models: {x: {}, y: {embed: {method: pixels}}}\npredictions: {x: {file: a.csv}}",
    /has a model x already/,
  ],
  ["predictions: {x: {file: a.csv}, y: {file: a.csv}}", /asks for the same as predictions\.x/],
  [
    "split: {seed: {sweep: [1, 2]}}\npredictions: {x: {file: a.csv}}",
    /split\.seed varies, and predictions from a file are of one test set/,
  ],
];

for (const [text, says] of BAD) {
  Deno.test(`refused: ${text.replaceAll("\n", "; ")}`, () => {
    assert.throws(() => plan(`${text}\n`), (error) => {
      assert(error instanceof StudyError);
      assert.match(error.message, says);
      return true;
    });
  });
}
