/**
 * The engine of one project: wires the store, the keys and the executor for runs of plans.
 *
 * @module
 */
import { join } from "node:path";
import type { Plan, PlanInput, PlanNode } from "../plan.ts";
import type { Profile } from "../stage.ts";
import { ClosureFinder } from "./closure.ts";
import type { EventSink } from "./events.ts";
import { Executor } from "./executor.ts";
import { FileIndex } from "./file_index.ts";
import { KeyMaker } from "./key.ts";
import { needOf } from "./need.ts";
import type { NodeRecord, OutputRecord } from "./record.ts";
import { type DescribeDifference, type NodeRunner, type NodeWatcher, runNode } from "./run_node.ts";
import { type PlanResult, type RunOptions, runPlan } from "./run_plan.ts";
import { machineCapacity, Slots } from "./slots.ts";
import { planStatus, type StatusResult } from "./status.ts";
import { Store } from "./store.ts";

/** How an engine is set up. */
export interface EngineOptions {
  /** Project root, absolute. */
  root: string;
  /** Folder of the store; `.constat/store` below the root by default. */
  storePath?: string;
  /** Cores to use; all by default. */
  jobs?: number;
  /** Threads within a node that can use them; by default the cores that no other node waits for. */
  threads?: number;
  /** Seconds between two checkpoints of a long step; 30 by default, 0 for as often as it can. */
  checkpointSeconds?: number;
  /** Folder that stands in for the network. */
  mirror?: string;
  /** Deno that runs nodes; this one by default. */
  denoPath?: string;
  /** Words before it on a node's command line. */
  prefix?: readonly string[];
  v8Flags?: readonly string[];
  describeDifference?: DescribeDifference;
}

/** How one plan is run; see {@linkcode RunOptions}. */
export type EngineRunOptions = Partial<Pick<RunOptions, "signal" | "force" | "experiment">>;

/** Runs plans of one project. */
export class Engine implements AsyncDisposable {
  readonly root: string;
  readonly store: Store;
  readonly jobs: number;
  readonly #runner: NodeRunner;
  readonly #keys: KeyMaker;
  readonly #slots: Slots;

  constructor(options: EngineOptions) {
    const { root } = options;
    const state = join(root, ".constat");
    const capacity = machineCapacity(options.jobs);
    this.root = root;
    this.jobs = capacity.jobs;
    this.store = new Store(options.storePath ?? join(state, "store"));
    this.#slots = new Slots(capacity, options.threads);
    const index = new FileIndex(root, join(this.store.path, "files.json"));
    this.#keys = new KeyMaker(root, index, new ClosureFinder(root, index));
    this.#runner = {
      root,
      store: this.store,
      executor: new Executor({
        root,
        denoPath: options.denoPath ?? Deno.execPath(),
        prefix: options.prefix ?? [],
        v8Flags: options.v8Flags ?? [],
        denoDir: join(state, "deno"),
      }),
      ...(options.mirror === undefined ? {} : { mirror: options.mirror }),
      downloads: join(state, "downloads"),
      checkpointSeconds: options.checkpointSeconds ?? 30,
      machine: `${Deno.build.os} ${Deno.build.arch}, ${navigator.hardwareConcurrency} cores`,
      describeDifference: options.describeDifference ?? (() => "their bytes differ"),
    };
  }

  /** Runs a plan; see {@linkcode runPlan}. */
  async run(
    plan: Plan,
    emit: EventSink,
    { signal = new AbortController().signal, ...options }: EngineRunOptions = {},
  ): Promise<PlanResult> {
    return await runPlan(plan, {
      runner: this.#runner,
      keys: this.#keys,
      slots: this.#slots,
      jobs: this.jobs,
      emit,
      signal,
      ...options,
    });
  }

  /**
   * Runs one node of a plan on other inputs than the plan's: as any node in its own process, cached
   * under the key that these inputs give it.
   *
   * @param inputs Artifacts of the store by port; ports that gather have none.
   * @throws {Error} as {@linkcode runNode} does.
   */
  async runApart(
    node: PlanNode,
    profile: Profile,
    inputs: Readonly<Record<string, OutputRecord>>,
    watcher: NodeWatcher,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<NodeRecord> {
    const label = { model: "", replicate: "", candidate: "" };
    const apart: PlanNode = {
      ...node,
      inputs: Object.fromEntries(
        Object.keys(inputs).map((port) => [port, [{ node: "", port, label }]]),
      ),
    };
    this.#keys.prepare([apart]);
    const key = this.#keys.of(apart, profile, ({ port }) => inputs[port].digest);
    const resolve = ({ port }: PlanInput) => inputs[port];
    using slot = await this.#slots.take(needOf(apart, resolve));
    return this.store.findRecord(key.key) ?? await runNode(
      this.#runner,
      apart,
      key,
      { threads: slot.threads, profile },
      resolve,
      watcher,
      signal,
    );
  }

  /** What a run would do, without doing it. */
  status(plan: Plan): StatusResult {
    return planStatus(plan, this.#keys, this.store);
  }

  /** Key of each node for given digests of its inputs, without looking at the store. */
  keysFor(plan: Plan, digestOf: (input: PlanInput) => string): Map<string, string> {
    this.#keys.prepare(plan.nodes);
    return new Map(
      plan.nodes.map((node) => [node.id, this.#keys.of(node, plan.profile, digestOf).key]),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store.close();
  }
}
