/**
 * `constat status`: which nodes are up to date, and why the others are not.
 *
 * @module
 */
import type { StatusResult } from "../../engine/status.ts";
import type { Plan } from "../../plan.ts";
import { DONE } from "../exit_codes.ts";
import { type GlobalOptions, loadPlans, openEngine } from "../project.ts";
import { groupNeighbours, plural } from "../render/format.ts";
import { shortReasons } from "../render/plain.ts";

/** Options of `status`. */
export interface StatusOptions extends GlobalOptions {
  set?: string[];
}

/** Prints the status of the named studies, or of all. */
export async function status(names: string[], options: StatusOptions): Promise<number> {
  const plans = await loadPlans(names, options.set ?? []);
  await using engine = openEngine(options);
  for (const plan of plans) {
    const result = engine.status(plan);
    printStatus(plan, result, options);
  }
  return DONE;
}

/** Prints a study's status as the options want it. */
export function printStatus(plan: Plan, result: StatusResult, options: GlobalOptions): void {
  if (options.json) console.log(JSON.stringify({ study: plan.study, nodes: toJson(result) }));
  else console.log(formatStatus(plan, result, options.verbose));
}

/**
 * The status of a study as text: a count, then what would run. Nodes of one step that would run for
 * one reason share a line, unless all are wanted.
 */
export function formatStatus(plan: Plan, result: StatusResult, all = false): string {
  const nodes = [...result];
  const cached = nodes.filter(([, node]) => node.status === "cached").length;
  const lines = [`${plan.study}: ${cached} of ${plural(nodes.length, "node")} cached`];
  const rows = nodes.flatMap(([id, node]) => {
    const step = stepOf(id);
    if (node.status === "stale") {
      return [{ id, step, verb: "run  ", why: `: ${shortReasons(node.reasons)}` }];
    }
    return node.status === "waits"
      ? [{ id, step, verb: "maybe", why: `: depends on ${all ? node.on : stepOf(node.on)}` }]
      : [];
  });
  for (
    const group of groupNeighbours(rows, ({ id, step, verb, why }) => all ? id : step + verb + why)
  ) {
    const { id, step, verb, why } = group[0]!;
    const name = group.length === 1 ? id : `${step} (${plural(group.length, "node")})`;
    lines.push(`  ${verb}  ${name}${why}`);
  }
  return lines.join("\n");
}

/** `train.fit` of `train.fit[adam, seed=1]`. */
function stepOf(id: string): string {
  return id.replace(/\[.*$/s, "");
}

function toJson(result: StatusResult) {
  return Object.fromEntries(
    [...result].map(([id, node]) => [
      id,
      node.status === "cached" ? { status: node.status, key: node.key } : node,
    ]),
  );
}
