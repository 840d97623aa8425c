/**
 * `constat status`: which nodes are up to date, and why the others are not.
 *
 * @module
 */
import type { StatusResult } from "../../engine/status.ts";
import type { Plan } from "../../plan.ts";
import { DONE } from "../exit_codes.ts";
import { type GlobalOptions, loadPlans, openEngine } from "../project.ts";
import { plural } from "../render/format.ts";
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
    if (options.json) console.log(JSON.stringify({ study: plan.study, nodes: toJson(result) }));
    else console.log(formatStatus(plan, result));
  }
  return DONE;
}

/** The status of a study as text: a count, then each node that would run. */
export function formatStatus(plan: Plan, result: StatusResult): string {
  const nodes = [...result];
  const cached = nodes.filter(([, node]) => node.status === "cached").length;
  const lines = [`${plan.study}: ${cached} of ${plural(nodes.length, "node")} cached`];
  for (const [id, node] of nodes) {
    if (node.status === "stale") lines.push(`  run    ${id}: ${shortReasons(node.reasons)}`);
    if (node.status === "waits") lines.push(`  maybe  ${id}: depends on ${node.on}`);
  }
  return lines.join("\n");
}

function toJson(result: StatusResult) {
  return Object.fromEntries(
    [...result].map(([id, node]) => [
      id,
      node.status === "cached" ? { status: node.status, key: node.key } : node,
    ]),
  );
}
