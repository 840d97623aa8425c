/**
 * What a run of a plan would do, told without running anything.
 *
 * @module
 */
import type { Plan, PlanNode } from "../plan.ts";
import { explain, type Reason } from "./explain.ts";
import type { KeyMaker } from "./key.ts";
import type { NodeRecord } from "./record.ts";
import { explained, inputsOf } from "./run_plan.ts";
import type { Store } from "./store.ts";

/** What would become of one node. */
export type NodeStatus =
  | { status: "cached"; key: string; record: NodeRecord }
  /** Its key is known and has no result. */
  | { status: "stale"; key: string; reasons: Reason[] }
  /** It reads a node that would run: whether it runs depends on what that one writes. */
  | { status: "waits"; on: string };

/** Status of each node, in the plan's order. */
export type StatusResult = ReadonlyMap<string, NodeStatus>;

/** Tells the status of each node of a plan. */
export function planStatus(plan: Plan, keys: KeyMaker, store: Store): StatusResult {
  keys.prepare(plan.nodes);
  const latest = store.latest(plan.study);
  const statuses = new Map<string, NodeStatus>();
  for (const node of plan.nodes) statuses.set(node.id, statusOf(node));
  return statuses;

  function statusOf(node: PlanNode): NodeStatus {
    const open = inputsOf(node).find((input) => statuses.get(input.node)?.status !== "cached");
    if (open !== undefined) {
      const upstream = statuses.get(open.node);
      return { status: "waits", on: upstream?.status === "waits" ? upstream.on : open.node };
    }
    const key = keys.of(node, plan.profile, (input) => {
      const upstream = statuses.get(input.node) as { record: NodeRecord };
      return upstream.record.outputs[input.port]!.digest;
    });
    const record = store.findRecord(key.key);
    if (record !== undefined) return { status: "cached", key: key.key, record };
    const last = latest[node.id];
    const before = last === undefined ? undefined : store.readRecord(last);
    return { status: "stale", key: key.key, reasons: explain(before, explained(key)) };
  }
}
