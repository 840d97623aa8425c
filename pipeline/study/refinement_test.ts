import assert from "node:assert/strict";
import train from "../../stages/train/stage.ts";
import type { Plan } from "../plan.ts";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { StudyError } from "./study_error.ts";
import { toyStages } from "./testing/toy_stages.ts";

const HEAD = "format: 1\ntitle: Toy\ndata: {source: letterforms}\n";
const RATE = "learningRate: {tune: [0.001, 0.01, 0.1], refine: {rounds: 2, points: 3}}";

/** The toy stages up to the embedding, with the real training. */
const stages = toyStages.map((stage) => stage.name === "train" ? train : stage)
  .filter(({ name }) => !["evaluate", "claims", "report"].includes(name));

/** Its ports are those of the toys. */
function plan(text: string): Plan {
  const ports = { samples: "csv", classes: "json", embeddings: "safetensors", partition: "csv" };
  const source = {
    name: "data.all",
    module: import.meta.url,
    scope: "try",
    params: train.section,
    inputs: {},
    outputs: Object.fromEntries(
      Object.entries(ports).map(([port, format]) => [port, { format }]),
    ),
    run: async () => {},
  };
  const data = { ...stages[0], steps: () => [{ step: source as never, params: {} }] };
  return planStudy(parseStudy(HEAD + text, "s.yaml"), [data, train]);
}

const of = ({ nodes }: Plan, step: string) => nodes.filter((node) => node.step.name === step);

Deno.test("each round's trainings read the choice of the rounds before, and no other", () => {
  const planned = plan(`train: {seed: {sweep: [1, 2]}, ${RATE}}\n`);
  assert.equal(of(planned, "train.fit").length, 3 * 2);
  assert.equal(of(planned, "train.refine").length, 2 * 3 * 2);
  assert.equal(of(planned, "train.fitRefined").length, 2 * 3 * 2);
  const selects = of(planned, "train.select");
  assert.deepEqual(
    selects.map(({ inputs }) => [inputs.summary.length, inputs.proposal.length]),
    [[6, 0], [12, 6], [18, 12]],
  );
  for (const { id, inputs, params } of of(planned, "train.refine")) {
    const { round } = params as { round: number };
    assert.deepEqual(inputs.choice.map(({ node }) => node), [selects[round - 1].id], id);
  }
  for (const { inputs } of of(planned, "train.fitRefined")) {
    assert.match(inputs.settings[0].node, /^train\.refine/);
  }
  const picks = of(planned, "train.pick");
  assert.deepEqual(picks.map(({ inputs }) => inputs.choice[0].node), [
    selects[2].id,
    selects[2].id,
  ]);
  assert.equal(picks[0].inputs.weights.length, 9);
});

Deno.test("tries of a later round are told by their places", () => {
  const planned = plan(`train: {${RATE}}\n`);
  const labels = of(planned, "train.pick")[0].inputs.summary.map(({ label }) => label.candidate);
  assert.deepEqual(labels, [
    "learningRate=0.001",
    "learningRate=0.01",
    "learningRate=0.1",
    ...[1, 2].flatMap((round) => [1, 2, 3].map((place) => `learningRate=refined${round}.${place}`)),
  ]);
});

Deno.test("a model without refinement has one choice beside a model with two", () => {
  const planned = plan(`
models:
  adam: {train: {optimizer: adam, ${RATE}}}
  lion: {train: {optimizer: lion, learningRate: {tune: [0.001, 0.01]}}}
`);
  const selects = of(planned, "train.select").map(({ id }) => id.replace(/#.*/, ""));
  assert.deepEqual(selects.toSorted(), [
    "train.select[adam]",
    "train.select[adam]",
    "train.select[adam]",
    "train.select[lion]",
  ]);
});

Deno.test("several numbers are refined together, what is only tuned keeps its best", () => {
  const planned = plan(`
train:
  learningRate: {tune: [0.001, 0.01], refine: {points: 2}}
  weightDecay: {tune: [0, 0.1, 0.2], refine: {rounds: 2, points: 3}}
  batchSize: {tune: [16, 32]}
`);
  assert.equal(of(planned, "train.fit").length, 2 * 3 * 2);
  assert.equal(of(planned, "train.refine").length, 2 * 3 + 3);
  const { values } = of(planned, "train.refine").at(-1)!.params as {
    values: { name: string; refined?: unknown }[];
  };
  assert.deepEqual(values.map(({ name, refined }) => [name, refined]), [
    ["learningRate", undefined],
    ["weightDecay", { place: 2, points: 3, scale: "linear" }],
    ["batchSize", undefined],
  ]);
});

Deno.test("a refinement takes the grid's scale, where it does not say its own", () => {
  const scaleOf = (tune: string, refine = "1") => {
    const planned = plan(`train: {learningRate: {tune: ${tune}, refine: ${refine}}}\n`);
    const { values } = of(planned, "train.refine")[0].params as {
      values: { refined: { scale: string } }[];
    };
    return values[0].refined.scale;
  };
  assert.equal(scaleOf("[0.001, 0.003, 0.01]"), "log");
  assert.equal(scaleOf("[0.1, 0.2, 0.3]"), "linear");
  assert.equal(scaleOf("[0.1, 0.3]"), "log");
  assert.equal(scaleOf("[0.1, 0.2, 0.3]", "{scale: log}"), "log");
});

Deno.test("a refinement that cannot be is refused where it stands", () => {
  const cases: Record<string, RegExp> = {
    "learningRate: {tune: [0.1], refine: 1}":
      /4:37: train\.learningRate\.refine: needs a list of two/,
    "head: {tune: [softmax, mlp], refine: 1}": /4:38: .* two or more numbers to refine/,
    "learningRate: {tune: [0.1, 1], refine: 0}":
      /4:48: train\.learningRate\.refine: expected a whole number in \[1, 5\], found 0/,
    "learningRate: {tune: [0.1, 1], refine: {points: 99}}":
      /refine\.points: expected a whole number in \[1, 50\], found 99/,
    "learningRate: {tune: [0.1, 1], refine: {round: 2}}": /refine\.round: unknown key/,
    "weightDecay: {tune: [0, 1], refine: {scale: log}}": /cannot be refined on a logarithmic scale/,
    "batchSize: {tune: [16, 32], refine: 1}": /batchSize\.refine: expected .*found 2\d\.\d/,
    "learningRate: {sweep: [0.1, 1], refine: 1}": /4:4\d: .*cannot stand beside sweep/,
  };
  for (const [section, expected] of Object.entries(cases)) {
    const told = (() => {
      try {
        plan(`train: {${section}}\n`);
      } catch (error) {
        if (error instanceof StudyError) return error.message.replace(/^s\.yaml:/, "");
        throw error;
      }
      return "";
    })();
    assert.match(told, expected);
  }
});
