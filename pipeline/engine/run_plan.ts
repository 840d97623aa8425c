/**
 * Runs a plan: each node once its inputs are there, from the store where its key is known.
 *
 * @module
 */
import type { Plan, PlanInput, PlanNode } from "../plan.ts";
import {
  DamagedArtifactError,
  InterruptedError,
  StepError,
  StoreError,
  UnavailableError,
} from "./errors.ts";
import type { EventSink } from "./events.ts";
import { explain, type Explained } from "./explain.ts";
import type { KeyMaker, NodeKey } from "./key.ts";
import { KeyLock } from "./key_lock.ts";
import { needOf } from "./need.ts";
import type { NodeRecord, OutputRecord } from "./record.ts";
import { type NodeRunner, runNode } from "./run_node.ts";
import type { Slots } from "./slots.ts";

/** A damaged input is computed again this often before the node gives up. */
const REPAIRS = 3;
const LOCK_POLL_MS = 100;

/** How to run a plan. */
export interface RunOptions {
  runner: NodeRunner;
  keys: KeyMaker;
  slots: Slots;
  jobs: number;
  emit: EventSink;
  signal: AbortSignal;
  /** Computes nodes whose step's name starts with this again, and holds them to their record. */
  force?: string;
  /** An experiment is not what the next run's reasons compare with. */
  experiment?: boolean;
}

/** How one node ended. */
export type NodeResult =
  | { status: "cached" | "computed"; key: NodeKey; record: NodeRecord }
  | { status: "failed"; error: Error }
  | { status: "blocked"; by: string };

/** How a plan ended. */
export interface PlanResult {
  nodes: ReadonlyMap<string, NodeResult>;
  computed: number;
  cached: number;
  failed: number;
  blocked: number;
  seconds: number;
  /** Why the study cannot run at all: data that is not at hand. */
  unavailable?: string;
}

/**
 * Runs every node of a plan that is not in the store, as many at once as the slots allow. A node
 * that fails stops those that read it; the others go on.
 *
 * @throws {InterruptedError} if the signal aborts.
 * @throws {StoreError} if the store cannot be written: no node could be kept then.
 */
export async function runPlan(plan: Plan, options: RunOptions): Promise<PlanResult> {
  return await new PlanRun(plan, options).run();
}

class PlanRun {
  readonly #plan: Plan;
  readonly #options: RunOptions;
  readonly #byId: ReadonlyMap<string, PlanNode>;
  readonly #results = new Map<string, Promise<NodeResult>>();
  readonly #repairs = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  #fatal: Error | undefined;

  constructor(plan: Plan, options: RunOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#byId = new Map(plan.nodes.map((node) => [node.id, node]));
    const abort = () => this.#stop.abort();
    options.signal.addEventListener("abort", abort, { once: true });
    if (options.signal.aborted) abort();
  }

  async run(): Promise<PlanResult> {
    const { emit, jobs, keys, runner, signal } = this.#options;
    const { study, title, nodes } = this.#plan;
    const started = performance.now();
    emit({ type: "run.started", study, title, nodes: nodes.length, jobs });
    await runner.store.sweep();
    keys.prepare(nodes);
    for (const node of nodes) this.#results.set(node.id, this.#settle(node));
    const results = new Map<string, NodeResult>();
    for (const [id, result] of this.#results) results.set(id, await result);
    if (signal.aborted) throw new InterruptedError("interrupted");
    if (this.#fatal !== undefined) throw this.#fatal;
    if (!this.#options.experiment) await this.#saveLatest(results);
    if (keys.index.dirty) {
      await runner.store.session().then(
        (session) => keys.index.save(session.folder),
        () => {}, // A store that cannot be written costs time at the next start, nothing else.
      );
    }
    const count = (status: string) =>
      [...results.values()].filter((result) => result.status === status).length;
    const summary = {
      computed: count("computed"),
      cached: count("cached"),
      failed: count("failed"),
      blocked: count("blocked"),
      seconds: (performance.now() - started) / 1000,
    };
    emit({ type: "run.finished", study, ...summary });
    const missing = [...results.values()].find((result) =>
      result.status === "failed" && result.error instanceof UnavailableError
    );
    return {
      nodes: results,
      ...summary,
      ...(missing?.status === "failed" ? { unavailable: missing.error.message } : {}),
    };
  }

  /** Runs a node after those it reads; never rejects. */
  async #settle(node: PlanNode): Promise<NodeResult> {
    const { emit } = this.#options;
    const { study } = this.#plan;
    for (const input of inputsOf(node)) {
      const result = await this.#results.get(input.node)!;
      if (result.status === "failed" || result.status === "blocked") {
        const by = result.status === "blocked" ? result.by : input.node;
        emit({ type: "node.blocked", study, node: node.id, by });
        return { status: "blocked", by };
      }
    }
    try {
      return await this.#findOrRun(node);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      if (error instanceof StoreError) {
        this.#fatal ??= error;
        this.#stop.abort(); // Nothing can be kept: stop at once.
      }
      if (!this.#stop.signal.aborted) {
        emit({
          type: "node.failed",
          study,
          node: node.id,
          kind: error.name,
          message: error.message,
          detail: error instanceof StepError ? error.detail : error.stack ?? "",
        });
      }
      return { status: "failed", error };
    }
  }

  async #findOrRun(node: PlanNode): Promise<NodeResult> {
    const { keys, runner, emit } = this.#options;
    const { study } = this.#plan;
    for (let repair = 0;; repair++) {
      const records = new Map<string, NodeRecord>();
      for (const { node: id } of inputsOf(node)) {
        const result = await this.#results.get(id)!;
        if (result.status === "cached" || result.status === "computed") {
          records.set(id, result.record);
        }
      }
      const resolve = (input: PlanInput): OutputRecord =>
        records.get(input.node)!.outputs[input.port]!;
      const key = keys.of(node, this.#plan.profile, (input) => resolve(input).digest);
      const forced = this.#options.force !== undefined &&
        node.step.name.startsWith(this.#options.force);
      const found = forced ? undefined : runner.store.findRecord(key.key);
      if (found !== undefined) {
        emit({ type: "node.cached", study, node: node.id, key: key.key });
        return { status: "cached", key, record: found };
      }
      try {
        return await this.#compute(node, key, resolve, forced);
      } catch (error) {
        if (!(error instanceof DamagedArtifactError) || repair >= REPAIRS) throw error;
        emit({ type: "artifact.damaged", study, node: node.id, digest: error.digest });
        await this.#repair(node, error.digest, records);
      }
    }
  }

  async #compute(
    node: PlanNode,
    key: NodeKey,
    resolve: (input: PlanInput) => OutputRecord,
    forced = false,
  ): Promise<NodeResult> {
    const { runner, slots, emit } = this.#options;
    const { study } = this.#plan;
    using slot = await slots.take(needOf(node, resolve));
    const { threads } = slot;
    const lock = await this.#lockOrFind(node, key, forced);
    if (!(lock instanceof KeyLock)) return { status: "cached", key, record: lock };
    using _lock = lock;
    const before = this.#lastRecord(node.id);
    emit({
      type: "node.started",
      study,
      node: node.id,
      key: key.key,
      threads,
      reasons: forced ? [{ kind: "gone", what: "forced" }] : explain(before, explained(key)),
    });
    const record = await runNode(
      runner,
      node,
      key,
      { threads, profile: this.#plan.profile },
      resolve,
      {
        phase: (phase, pid) =>
          emit({
            type: "node.phase",
            study,
            node: node.id,
            phase,
            ...(pid === undefined ? {} : { pid }),
          }),
        progress: (done, total, unit) =>
          emit({ type: "node.progress", study, node: node.id, done, total, unit }),
        note: (message) => emit({ type: "node.note", study, node: node.id, message }),
      },
      this.#stop.signal,
    );
    const { seconds, peakMiB } = record.measured;
    emit({
      type: "node.finished",
      study,
      node: node.id,
      key: key.key,
      threads,
      seconds,
      ...(peakMiB === undefined ? {} : { peakMiB }),
      sameAsBefore: before !== undefined && sameOutputs(before, record),
    });
    return { status: "computed", key, record };
  }

  /** Takes a key's lock, or returns the record that another process makes meanwhile. */
  async #lockOrFind(node: PlanNode, key: NodeKey, forced: boolean): Promise<KeyLock | NodeRecord> {
    const { runner, emit } = this.#options;
    const { study } = this.#plan;
    let told = false;
    while (true) {
      if (this.#stop.signal.aborted) throw new InterruptedError(`${node.id} was interrupted`);
      const lock = await runner.store.lock(key.key, node.id);
      const record = forced ? undefined : runner.store.findRecord(key.key);
      if (record !== undefined) {
        if (lock instanceof KeyLock) lock[Symbol.dispose]();
        emit({ type: "node.cached", study, node: node.id, key: key.key });
        return record;
      }
      if (lock instanceof KeyLock) return lock;
      if (!told) emit({ type: "node.waiting", study, node: node.id, key: key.key, owner: lock });
      told = true;
      await new Promise((done) => setTimeout(done, LOCK_POLL_MS));
    }
  }

  /** Computes the nodes again that wrote a damaged artifact which this node reads. */
  async #repair(
    node: PlanNode,
    digest: string,
    records: ReadonlyMap<string, NodeRecord>,
  ): Promise<void> {
    const writers = new Set(
      inputsOf(node)
        .filter((input) => records.get(input.node)?.outputs[input.port]?.digest === digest)
        .map((input) => input.node),
    );
    for (const id of writers) {
      let repair = this.#repairs.get(id);
      if (repair === undefined) {
        // Set the result only after it is there, since the node itself waits on its inputs alone.
        repair = this.#findOrRun(this.#byId.get(id)!).then((result) => {
          this.#results.set(id, Promise.resolve(result));
          this.#repairs.delete(id);
        });
        this.#repairs.set(id, repair);
      }
      await repair;
    }
  }

  #lastRecord(id: string): NodeRecord | undefined {
    const key = this.#options.runner.store.latest(this.#plan.study)[id];
    return key === undefined ? undefined : this.#options.runner.store.readRecord(key);
  }

  /** Remembers which key each node had, so that the next change can be named. */
  async #saveLatest(results: ReadonlyMap<string, NodeResult>): Promise<void> {
    const { store } = this.#options.runner;
    const before = store.latest(this.#plan.study);
    const now: Record<string, string> = {};
    for (const [id, result] of results) {
      const key = "record" in result ? result.key.key : before[id];
      if (key !== undefined) now[id] = key;
    }
    await store.saveLatest(this.#plan.study, now);
  }
}

/** All inputs of a node, in the order of its ports. */
export function inputsOf(node: PlanNode): PlanInput[] {
  return Object.values(node.inputs).flat();
}

/** What a key can be compared by. */
export function explained(key: NodeKey): Explained {
  return {
    material: key.material,
    closure: { files: { ...key.closure.files }, packages: { ...key.closure.packages } },
  };
}

function sameOutputs(before: NodeRecord, now: NodeRecord): boolean {
  return Object.entries(now.outputs).every(([port, output]) =>
    before.outputs[port]?.digest === output.digest
  );
}
