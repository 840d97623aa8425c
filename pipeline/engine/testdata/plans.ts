import type { Plan, PlanNode } from "../../plan.ts";
import type { AnyStep, PointLabel } from "../../stage.ts";
import { keeper, reader, rogue, source, sum, times } from "./steps.ts";

const NOWHERE: PointLabel = { model: "", replicate: "", candidate: "" };

function node(
  id: string,
  step: AnyStep,
  params: unknown,
  inputs: PlanNode["inputs"] = {},
): PlanNode {
  return { id, step, params, inputs, label: NOWHERE };
}

/** A source, a `times` node for each factor, and their sum. */
export function sumPlan(factors: Record<string, number>, value = 2): Plan {
  const models = Object.entries(factors);
  return {
    study: "toy",
    title: "Toy",
    profile: "exact",
    languages: ["en"],
    nodes: [
      node("toy.source", source, { value }),
      ...models.map(([model, factor]) =>
        node(`toy.times[${model}]`, times, { factor }, {
          number: [{ node: "toy.source", port: "number", label: NOWHERE }],
        })
      ),
      node("toy.sum", sum, {}, {
        number: models.map(([model]) => ({
          node: `toy.times[${model}]`,
          port: "number",
          label: { ...NOWHERE, model },
        })),
      }),
    ],
  };
}

/** One node that misbehaves. */
export function roguePlan(way: string, path?: string): Plan {
  const params = path === undefined ? { way } : { way, path };
  return {
    study: "rogue",
    title: "Rogue",
    profile: "exact",
    languages: ["en"],
    nodes: [node("toy.rogue", rogue, params)],
  };
}

/** One node that leaves a checkpoint, and then does as it is told. */
export function keeperPlan(path: string, way: string, wait = 0): Plan {
  const plan = roguePlan("");
  return { ...plan, study: "keeper", nodes: [node("toy.keeper", keeper, { path, wait, way })] };
}

/** A slow reader of an asset, and one that starts when a quick node is done. */
export function readersPlan(path: string, wait: number): Plan {
  return {
    ...roguePlan(""),
    study: "readers",
    nodes: [
      node("toy.reader[slow]", reader, { path, wait }),
      node("toy.source", source, { value: 1 }),
      node("toy.reader[late]", reader, { path, wait: 0 }, {
        number: [{ node: "toy.source", port: "number", label: NOWHERE }],
      }),
    ],
  };
}
