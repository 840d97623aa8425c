/**
 * `constat graph`: a study's DAG as Mermaid or DOT.
 *
 * @module
 */
import { inputsOf } from "../../engine/run_plan.ts";
import type { Plan } from "../../plan.ts";
import { DONE } from "../exit_codes.ts";
import { loadPlans } from "../project.ts";
import { UsageError } from "../usage_error.ts";

/** Options of `graph`. */
export interface GraphOptions {
  format?: string;
  set?: string[];
}

/** Prints a study's DAG. */
export async function graph(study: string, options: GraphOptions): Promise<number> {
  const format = options.format ?? "mermaid";
  const draw = FORMATS[format];
  if (draw === undefined) {
    throw new UsageError(
      `Cannot draw the graph as ${JSON.stringify(format)}: expected ${
        Object.keys(FORMATS).join(" or ")
      }`,
    );
  }
  const plan = (await loadPlans([study], options.set ?? []))[0]!;
  console.log(draw(plan));
  return DONE;
}

const FORMATS: Record<string, (plan: Plan) => string> = { mermaid, dot };

function mermaid(plan: Plan): string {
  const name = names(plan);
  return [
    "flowchart LR",
    ...plan.nodes.map(({ id }) => `  ${name.get(id)}["${id.replaceAll('"', "#quot;")}"]`),
    ...edges(plan).map(([from, to]) => `  ${name.get(from)} --> ${name.get(to)}`),
  ].join("\n");
}

function dot(plan: Plan): string {
  return [
    "digraph study {",
    "  rankdir=LR; node [shape=box];",
    ...edges(plan).map(([from, to]) => `  ${JSON.stringify(from)} -> ${JSON.stringify(to)};`),
    ...plan.nodes.filter((node) => inputsOf(node).length === 0).map(({ id }) =>
      `  ${JSON.stringify(id)};`
    ),
    "}",
  ].join("\n");
}

function names(plan: Plan): Map<string, string> {
  return new Map(plan.nodes.map((node, index) => [node.id, `n${index}`]));
}

/** Each pair of nodes once, however many ports join them. */
function edges(plan: Plan): [string, string][] {
  return plan.nodes.flatMap((node) =>
    [...new Set(inputsOf(node).map((input) => input.node))]
      .map((from): [string, string] => [from, node.id])
  );
}
