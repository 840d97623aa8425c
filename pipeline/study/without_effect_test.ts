import assert from "node:assert/strict";
import { z } from "zod";
import { type AnyStage, defineStage, defineStep } from "../stage.ts";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { StudyError } from "./study_error.ts";

const learn = defineStep({
  name: "train.learn",
  module: import.meta.url,
  scope: "try",
  params: z.object({}).loose(),
  inputs: {},
  outputs: { weights: { format: "safetensors" } },
  run: async () => {},
});

/** A stage whose head `forest` reads no epochs. */
const stages: AnyStage[] = [defineStage({
  name: "train",
  section: z.object({
    head: z.enum(["softmax", "forest", "knn"]).default("softmax"),
    epochs: z.int().default(100),
    seed: z.int().default(1),
  }),
  steps: ({ head, epochs, seed }) => [
    { step: learn, params: head === "softmax" ? { head, epochs, seed } : { head, seed } },
  ],
  withoutEffect: ({ head }) =>
    head === "softmax" ? undefined : { keys: ["epochs"], reason: `${head} has no epochs` },
})];

/** The ids of a study's nodes, or what is wrong with it. */
function outcome(train: string): string[] {
  try {
    const study = parseStudy(`format: 1\ntitle: Heads\n${train}\n`, "reports/heads/study.yaml");
    return planStudy(study, stages).nodes.map(({ id }) => id);
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

Deno.test("a shared value may be without effect on some models", () => {
  const study = `train: {epochs: 50}
models:
  softmax: {train: {head: softmax}}
  forest: {train: {head: forest}}`;
  assert.deepEqual(outcome(study), ["train.learn[softmax]", "train.learn[forest]"]);
});

Deno.test("a value without effect on any model is refused, a model's own above all", () => {
  const says = "has no effect: forest has no epochs";
  assert.deepEqual(outcome("train: {head: forest, epochs: 50}"), [`train.epochs: ${says}`]);
  const own = `train: {epochs: 50}
models:
  softmax: {train: {head: softmax}}
  forest: {train: {head: forest, epochs: 60}}`;
  assert.deepEqual(outcome(own), [`models.forest.train.epochs: ${says}`]);
});

Deno.test("sweeps of what has no effect are refused: each value, or the models that they make", () => {
  assert.deepEqual(outcome("train: {head: forest, epochs: {sweep: [50, 60]}}"), [
    "train.epochs.sweep[0]: has no effect: forest has no epochs",
    "train.epochs.sweep[1]: has no effect: forest has no epochs",
  ]);
  const mixed = `train: {epochs: {sweep: [50, 60]}}
models:
  softmax: {train: {head: softmax}}
  forest: {train: {head: forest}}`;
  assert.deepEqual(outcome(mixed), [
    "models.forest: has models that ask for the same: forest epochs=50, forest epochs=60",
  ]);
});

Deno.test("a model takes a shared value away", () => {
  const study = `train: {epochs: {sweep: [50, 60]}}
models:
  softmax: {train: {head: softmax}}
  forest: {train: {head: forest, epochs: null}}`;
  assert.deepEqual(outcome(study), [
    "train.learn[softmax epochs=50]",
    "train.learn[softmax epochs=60]",
    "train.learn[forest]",
  ]);
});
