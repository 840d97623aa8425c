/**
 * What happens in a run, as values. Whoever shows a run only renders these.
 *
 * @module
 */
import type { Reason } from "./explain.ts";
import type { LockOwner } from "./key_lock.ts";

/** Where a running node is: its process computes, or the engine hashes or publishes its outputs. */
export type Phase = "computing" | "hashing" | "publishing";

/** One event. `study` and `node` say whose it is. */
export type EngineEvent =
  /** `jobs`: cores to use. */
  | { type: "run.started"; study: string; title: string; nodes: number; jobs: number }
  | { type: "node.cached"; study: string; node: string; key: string }
  | { type: "node.waiting"; study: string; node: string; key: string; owner: LockOwner }
  | {
    type: "node.started";
    study: string;
    node: string;
    key: string;
    /** Threads that its step may use. */
    threads: number;
    reasons: Reason[];
  }
  /** `pid`: the node's own process, while it computes. */
  | { type: "node.phase"; study: string; node: string; phase: Phase; pid?: number }
  | {
    type: "node.progress";
    study: string;
    node: string;
    done: number;
    total: number;
    unit: string;
  }
  | { type: "node.note"; study: string; node: string; message: string }
  | {
    type: "node.finished";
    study: string;
    node: string;
    key: string;
    threads: number;
    seconds: number;
    peakMiB?: number;
    /** Every output has the same bytes as when this node last ran: what follows may be cached. */
    sameAsBefore: boolean;
  }
  | { type: "artifact.damaged"; study: string; node: string; digest: string }
  | {
    type: "node.failed";
    study: string;
    node: string;
    kind: string;
    message: string;
    detail: string;
  }
  | { type: "node.blocked"; study: string; node: string; by: string }
  | {
    type: "run.finished";
    study: string;
    computed: number;
    cached: number;
    failed: number;
    blocked: number;
    seconds: number;
  };

/** Takes events. */
export type EventSink = (event: EngineEvent) => void;
