import assert from "node:assert/strict";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { StudyError } from "./study_error.ts";
import { STAGES } from "../cli/stages.ts";

const HEAD = "format: 1\ntitle: Toy\ndata: {source: letterforms, limit: 300}\n";

const plan = (text: string, overrides: string[] = []) =>
  planStudy(parseStudy(HEAD + text, "s.yaml", { overrides }), STAGES).nodes;

const count = (nodes: ReturnType<typeof plan>, step: string) =>
  nodes.filter((node) => node.step.name === step).length;

Deno.test("a number of folds alone is a cross-validation over all of them", () => {
  const nodes = plan("split: {folds: 5}\n");
  assert.deepEqual(nodes, plan("split: {folds: 5, fold: {sweep: [1, 2, 3, 4, 5]}}\n"));
  assert.equal(count(nodes, "split.assign"), 5);
  assert.equal(count(nodes, "train.fit"), 5);
  assert.ok(nodes.some(({ id }) => id === "evaluate.model[fold=3]"));
});

Deno.test("folds multiply with seeds; one fold alone may be asked for", () => {
  const text = "split: {folds: 3}\ntrain: {seed: {sweep: [1, 2]}}\n";
  assert.equal(count(plan(text), "train.fit"), 6);
  assert.equal(count(plan(text, ["split.fold=2"]), "train.fit"), 2);
  assert.equal(count(plan("split: {folds: 3, fold: 2}\n"), "train.fit"), 1);
});

Deno.test("replicates with splits of their own choose by themselves, those with seeds together", () => {
  const tune = "train: {learningRate: {tune: [0.1, 0.01]}, seed: {sweep: [1, 2]}}\n";
  const seeds = plan(tune);
  assert.deepEqual([count(seeds, "train.select"), count(seeds, "train.selectInReplicate")], [1, 0]);
  for (
    const varied of ["split.folds=2", "split.seed={sweep: [1, 2]}"]
  ) {
    const nodes = plan(tune, [varied]);
    assert.deepEqual([count(nodes, "train.select"), count(nodes, "train.selectInReplicate")], [
      0,
      4,
    ]);
    for (const { id, step, inputs } of nodes) {
      if (step.name !== "train.selectInReplicate") continue;
      assert.equal(inputs.summary.length, 2, id);
    }
  }
});

Deno.test("folds that the data cannot fill are refused, with the range", () => {
  const told = (text: string) => {
    try {
      plan(text);
    } catch (error) {
      if (error instanceof StudyError) return error.message;
      throw error;
    }
    return "";
  };
  assert.equal(
    told("split: {folds: 21}\n"),
    "s.yaml:4:16: split.folds: expected an integer from 2 to 20, the images of the smallest class, " +
      "found 21",
  );
  assert.equal(
    told("split: {folds: 16, group: true}\n"),
    "s.yaml:4:16: split.folds: expected an integer from 2 to 15, the number of groups, found 16",
  );
  for (const [folds, found] of [[1, 1], [0, 0], [2.5, 2.5], [2000, 2000], ["many", "many"]]) {
    assert.match(
      told(`split: {folds: ${folds}}\n`),
      new RegExp(`4:16: split\\.folds: expected an integer in \\[2, 1000\\], found ${found}$`),
    );
  }
});
