/** What the plan of a study says of who may read what, with every kind of search at once. */
import assert from "node:assert/strict";
import type { Plan, PlanNode } from "../plan.ts";
import { parseStudy, planStudy } from "../study/mod.ts";
import { draw } from "./draw.ts";
import { STAGES } from "./stages.ts";

const STUDY = `format: 1
title: Everything at once
data: {source: letterforms, limit: 300}
split: {folds: 3}
augment: {copies: 1}
train:
  seed: {sweep: [1, 2]}
models:
  adam: {train: {learningRate: {tune: [0.001, 0.01], refine: 1}}}
  lion: {train: {optimizer: lion, tune: {random: 3, learningRate: {log: [0.0001, 0.01]}}}}
  adamw: {train: {optimizer: adamw, weightDecay: {tune: [0.01, 0.1]}, weightDecayByClass: tuned}}
`;

const plan = (text: string): Plan => planStudy(parseStudy(text, "s.yaml"), STAGES, { draw });

/** Everything that a node depends on. */
function ancestors({ nodes }: Plan, node: PlanNode): Set<PlanNode> {
  const byId = new Map(nodes.map((own) => [own.id, own]));
  const found = new Set<PlanNode>();
  const visit = (own: PlanNode) => {
    for (const { node: id } of Object.values(own.inputs).flat()) {
      const before = byId.get(id)!;
      if (!found.has(before)) visit(before);
      found.add(before);
    }
  };
  visit(node);
  return found;
}

const SELECTING = [
  "train.select",
  "train.selectInReplicate",
  "train.refine",
  "train.pick",
  "train.setByClass",
];

Deno.test("steps that choose read what trainings tell of themselves, and nothing else", () => {
  for (const text of [STUDY, STUDY.replace("{folds: 3}", "{seed: 1}")]) {
    const planned = plan(`${text}evaluate: {curves: test}\n`);
    const choosing = planned.nodes.filter(({ step }) => SELECTING.includes(step.name));
    assert.ok(choosing.length > 10);
    for (const node of choosing) {
      const ports = Object.entries(node.inputs).filter(([, list]) => list.length > 0);
      for (const [port, list] of ports) {
        assert.ok(["summary", "proposal", "choice", "weights", "history"].includes(port), port);
        for (const { node: id } of list) assert.match(id, /^train\.(fit|select|refine|pick)/);
      }
      const stages = new Set([...ancestors(planned, node)].map(({ step }) => step.name));
      for (const name of stages) assert.match(name, /^(data|split|augment|embed|train)\./);
      assert.ok(!stages.has("train.trace"));
    }
  }
});

Deno.test("test curves change no node that comes before them: nothing can be chosen by them", () => {
  const without = plan(STUDY);
  const asked = plan(`${STUDY}evaluate: {curves: test}\n`);
  const added = asked.nodes.filter(({ step }) =>
    ["train.trace", "evaluate.curves"].includes(step.name)
  );
  assert.equal(added.length, 2 * 3 * 3 * 2);
  const rest = ({ nodes }: Plan) =>
    nodes.filter((node) => !added.includes(node) && node.step.name !== "report.note");
  assert.deepEqual(rest(asked), rest(without));
  // The note alone reads the curves, and the curves alone read the weights of each epoch.
  const readers = (port: string) =>
    new Set(
      asked.nodes.filter(({ inputs }) => (inputs[port] ?? []).length > 0)
        .map(({ step }) => step.name),
    );
  assert.deepEqual([...readers("testCurves")], ["report.note"]);
  assert.deepEqual([...readers("epochWeights")], ["evaluate.curves"]);
});
