/**
 * `constat why`: what changed the key of a node since it last ran, old value → new value.
 *
 * @module
 */
import { formatReason } from "../../engine/explain.ts";
import type { NodeStatus } from "../../engine/status.ts";
import type { Plan } from "../../plan.ts";
import { DONE } from "../exit_codes.ts";
import { type GlobalOptions, loadPlans, openEngine } from "../project.ts";
import { plural } from "../render/format.ts";
import { UsageError } from "../usage_error.ts";

/** Options of `why`. */
export interface WhyOptions extends GlobalOptions {
  set?: string[];
}

/** Explains one node, or every node of a study that would run. */
export async function why(
  study: string,
  node: string | undefined,
  options: WhyOptions,
): Promise<number> {
  const plan = (await loadPlans([study], options.set ?? []))[0]!;
  await using engine = openEngine(options);
  const result = engine.status(plan);
  const chosen = node === undefined
    ? [...result].filter(([, status]) => status.status !== "cached")
    : findNodes(plan, node).map((id) => [id, result.get(id)!] as const);
  if (options.json) {
    console.log(JSON.stringify(Object.fromEntries(chosen)));
    return DONE;
  }
  if (chosen.length === 0) console.log(`${study}: every node is cached, nothing would run`);
  // A line each for hundreds of cached nodes would say one thing hundreds of times.
  if (chosen.length > 1 && chosen.every(([, status]) => status.status === "cached")) {
    console.log(
      `${node} (${
        plural(chosen.length, "node")
      })\n  are cached: nothing that they depend on changed`,
    );
    return DONE;
  }
  for (const [id, status] of chosen) console.log(`${id}\n${explainNode(status)}`);
  return DONE;
}

function explainNode(status: NodeStatus): string {
  if (status.status === "cached") {
    return `  is cached under the key ${
      status.key.slice(0, 12)
    }: nothing that it depends on changed`;
  }
  if (status.status === "waits") {
    return `  reads what ${status.on} writes, which would run: it runs too if that changes`;
  }
  return status.reasons.map((reason) => `  ${formatReason(reason)}`).join("\n");
}

/** Nodes whose id is the given one, or starts with it. */
export function findNodes(plan: Plan, name: string): string[] {
  const ids = plan.nodes.map((node) => node.id);
  if (ids.includes(name)) return [name];
  const found = ids.filter((id) => id.startsWith(name));
  if (found.length > 0) return found;
  const steps = [...new Set(plan.nodes.map((node) => node.step.name))];
  throw new UsageError(
    `${plan.study} has no node ${JSON.stringify(name)}: its steps are ${steps.join(", ")}, and ` +
      `\`constat graph ${plan.study}\` shows every node`,
  );
}
