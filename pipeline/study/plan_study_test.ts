import assert from "node:assert/strict";
import type { Plan } from "../plan.ts";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { toyStages } from "./testing/toy_stages.ts";

const HEAD = "format: 1\ntitle: Toy\ndata: {source: letterforms}\n";

function plan(text: string, overrides: string[] = []): Plan {
  return planStudy(parseStudy(HEAD + text, "reports/toy/study.yaml", { overrides }), toyStages);
}

const ids = (plan: Plan) => plan.nodes.map(({ id }) => id);

Deno.test("a study without anything to vary is one model", () => {
  const { study, title, profile, nodes } = plan("");
  assert.deepEqual({ study, title, profile }, { study: "toy", title: "Toy", profile: "exact" });
  assert.deepEqual(nodes.map(({ id }) => id), [
    "data.letters",
    "split.assign",
    "embed.hog",
    "train.fit",
    "train.select",
    "train.pick",
    "evaluate.model",
    "evaluate.compare",
    "report.note",
  ]);
});

Deno.test("models, seeds and tuned values multiply the steps that they reach, and no others", () => {
  const nodes = ids(plan(`
train:
  seed: {sweep: [1, 2]}
  learningRate: {tune: [0.1, 0.01, 0.001]}
models:
  adam: {train: {optimizer: adam}}
  lion: {train: {optimizer: lion, learningRate: {tune: [0.01, 0.001]}}}
`));
  const count = (step: string) => nodes.filter((id) => id.split("[")[0] === step).length;
  assert.equal(count("data.letters"), 1);
  assert.equal(count("embed.hog"), 1);
  assert.equal(count("train.fit"), 2 * 3 + 2 * 2);
  assert.equal(count("train.select"), 2);
  assert.equal(count("train.pick"), 4);
  assert.equal(count("evaluate.model"), 4);
  assert.equal(count("report.note"), 1);
  assert.ok(nodes.includes("train.fit[lion, seed=2, learningRate=0.01]"));
  assert.ok(nodes.includes("train.select[lion]"));
  assert.ok(nodes.includes("train.pick[adam, seed=1]"));
});
