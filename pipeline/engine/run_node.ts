/**
 * Runs one node whose key is known, and publishes what it wrote.
 *
 * @module
 */
import { join } from "node:path";
import type { PlanInput, PlanNode } from "../plan.ts";
import type { OutputPort, Profile, RemoteFile } from "../stage.ts";
import { moveFile, removeIfThere, writeFlushed } from "./atomic.ts";
import { packageFolders } from "./closure.ts";
import { sha256File } from "../digest.ts";
import {
  ChangedInputError,
  DamagedArtifactError,
  explainWriteError,
  InterruptedError,
  NondeterminismError,
  StepError,
  StoreError,
  UnavailableError,
} from "./errors.ts";
import type { Phase } from "./events.ts";
import type { Executor, NodeOutcome } from "./executor.ts";
import { firstChanged } from "./changed.ts";
import type { NodeKey } from "./key.ts";
import type { NodeTask, TaskInput } from "./protocol.ts";
import { type NodeRecord, type OutputRecord, RECORD_FORMAT } from "./record.ts";
import type { Permissions } from "./sandbox.ts";
import { listFiles, type Store } from "./store.ts";

/** Says where the bytes of two artifacts differ first. */
export type DescribeDifference = (before: string, now: string) => string;

/** What running a node needs. */
export interface NodeRunner {
  root: string;
  store: Store;
  executor: Executor;
  /** Folder that stands in for the network. */
  mirror?: string;
  /** Folder of files downloaded before. */
  downloads: string;
  /** Seconds between two checkpoints of a step. */
  checkpointSeconds: number;
  machine: string;
  describeDifference: DescribeDifference;
}

/** How a step is to compute; its result depends on neither, but for the profile `gpu`. */
export interface Means {
  threads: number;
  profile: Profile;
}

/** What a running node tells. */
export interface NodeWatcher {
  /** `pid`: the node's own process, while it computes. */
  phase(phase: Phase, pid?: number): void;
  progress(done: number, total: number, unit: string): void;
  note(message: string): void;
}

/**
 * Runs a node and publishes its record.
 *
 * @param means How the step is to compute.
 * @param resolve Digest and size of an earlier node's output.
 * @throws {StepError} if the step failed.
 * @throws {DamagedArtifactError} if an input's bytes were found changed; it is set aside.
 * @throws {UnavailableError} if a file from elsewhere cannot be had.
 * @throws {NondeterminismError} if an earlier run of the same key gave other bytes.
 * @throws {ChangedInputError} if a source or an asset changed meanwhile.
 * @throws {StoreError} if the store cannot be written.
 */
export async function runNode(
  runner: NodeRunner,
  node: PlanNode,
  key: NodeKey,
  means: Means,
  resolve: (input: PlanInput) => OutputRecord,
  watcher: NodeWatcher,
  signal: AbortSignal,
): Promise<NodeRecord> {
  const { store } = runner;
  let folder: string | undefined;
  try {
    // With a record there is nothing to go on from: who computes again begins at the beginning.
    if (store.readRecord(key.key) !== undefined) removeIfThere(store.checkpointFolder(key.key));
    folder = (await store.session()).makeFolder();
    const task = prepareTask(runner, node, key, means, resolve, folder);
    const taskPath = join(folder, "task.json");
    writeFlushed(taskPath, JSON.stringify(task));
    let device: string | undefined;
    const outcome = await runner.executor.run(
      { taskPath, folder, permissions: permissionsOf(runner, node, key, folder) },
      (pid) => watcher.phase("computing", pid),
      (message) => {
        if (message.type === "progress") {
          watcher.progress(message.done, message.total, message.unit);
        } else if (message.type === "note") watcher.note(message.message);
        else if (message.type === "device") device = message.name;
      },
      signal,
    );
    if (signal.aborted) throw new InterruptedError(`${node.id} was interrupted`);
    checkOutcome(runner, node, key, outcome);
    const changed = firstChanged(runner.root, key);
    if (changed !== undefined) throw new ChangedInputError(node.id, changed);
    watcher.phase("hashing");
    checkSameAsBefore(runner, node, key, task);
    watcher.phase("publishing");
    keepDownloads(runner, task.downloaded);
    const record: NodeRecord = {
      format: RECORD_FORMAT,
      key: key.key,
      node: node.id,
      material: key.material,
      closure: { files: { ...key.closure.files }, packages: { ...key.closure.packages } },
      outputs: await publishOutputs(store, task),
      measured: {
        seconds: Math.round(outcome.seconds * 1000) / 1000,
        ...(outcome.peakMiB === undefined ? {} : { peakMiB: outcome.peakMiB }),
        machine: runner.machine,
        ...(device === undefined ? {} : { device }),
        finished: new Date().toISOString(),
      },
    };
    await store.publishRecord(record);
    removeIfThere(store.checkpointFolder(key.key));
    return record;
  } catch (error) {
    // What a refused result came from is no state to go on from.
    if (error instanceof ChangedInputError || error instanceof NondeterminismError) {
      removeIfThere(store.checkpointFolder(key.key));
    }
    throw isOwn(error) ? error : explainWriteError(error, store.path);
  } finally {
    if (folder !== undefined) removeIfThere(folder);
  }
}

function isOwn(error: unknown): boolean {
  return [
    StepError,
    DamagedArtifactError,
    UnavailableError,
    NondeterminismError,
    ChangedInputError,
    InterruptedError,
    StoreError,
  ].some((type) => error instanceof type);
}

function prepareTask(
  runner: NodeRunner,
  node: PlanNode,
  key: NodeKey,
  { threads, profile }: Means,
  resolve: (input: PlanInput) => OutputRecord,
  folder: string,
): NodeTask {
  const { store } = runner;
  for (const name of ["in", "out", "downloaded"]) Deno.mkdirSync(join(folder, name));
  if (node.step.checkpointed) {
    Deno.mkdirSync(store.checkpointFolder(key.key), { recursive: true });
  }
  const inputs: Record<string, TaskInput[]> = {};
  let count = 0;
  for (const [port, list] of Object.entries(node.inputs)) {
    inputs[port] = list.map((input) => {
      const { digest, size } = resolve(input);
      const path = join(folder, "in", String(count++));
      linkOrCopy(runner.store, digest, path);
      return { path, digest, size, label: input.label };
    });
  }
  const outputs = Object.fromEntries(
    Object.entries<OutputPort>(node.step.outputs).map(([port, { format }]) => [
      port,
      { format, path: join(folder, "out", port) },
    ]),
  );
  return {
    node: node.id,
    module: node.step.module,
    params: node.params,
    inputs,
    outputs,
    assets: key.assets,
    threads,
    profile: node.step.profiled ? profile : "exact",
    remote: node.step.remote?.(node.params) ?? [],
    ...(runner.mirror === undefined ? {} : { mirror: runner.mirror }),
    downloads: runner.downloads,
    downloaded: join(folder, "downloaded"),
    ...(node.step.checkpointed
      ? {
        checkpoint: {
          folder: store.checkpointFolder(key.key),
          seconds: runner.checkpointSeconds,
        },
      }
      : {}),
  };
}

/** A second name for the same bytes costs nothing, and gc cannot take them away meanwhile. */
function linkOrCopy(store: Store, digest: string, to: string): void {
  const from = store.artifactPath(digest);
  try {
    Deno.linkSync(from, to);
  } catch {
    // It was there when its record was read: somebody removed it meanwhile.
    if (!store.hasArtifact(digest)) throw new DamagedArtifactError(digest, from, undefined);
    Deno.copyFileSync(from, to);
  }
}

function permissionsOf(
  runner: NodeRunner,
  node: PlanNode,
  key: NodeKey,
  folder: string,
): Permissions {
  const remote = (node.step.remote?.(node.params) ?? []) as RemoteFile[];
  const checkpoint = node.step.checkpointed ? [runner.store.checkpointFolder(key.key)] : [];
  return {
    read: [
      folder,
      ...checkpoint,
      ...Object.keys(key.closure.stamps),
      ...packageFolders(runner.root, Object.keys(key.closure.packages)),
      ...Object.values(key.assets),
      ...remote.flatMap((file) => [
        join(runner.downloads, file.sha256),
        ...(runner.mirror === undefined ? [] : [join(runner.mirror, file.mirror)]),
      ]),
    ],
    write: [join(folder, "out"), join(folder, "downloaded"), ...checkpoint],
    net: runner.mirror === undefined
      ? [...new Set(remote.map((file) => new URL(file.url).host))]
      : [],
  };
}

function checkOutcome(
  runner: NodeRunner,
  node: PlanNode,
  key: NodeKey,
  outcome: NodeOutcome,
): void {
  const { last } = outcome;
  if (last?.type === "done") return;
  if (last?.type === "failed") {
    if (last.kind === "damaged" && last.digest !== undefined) {
      const path = runner.store.artifactPath(last.digest);
      // Another reader may have found the damage too, and have had it repaired meanwhile.
      if (exists(path) && sha256File(path).digest !== last.digest) {
        runner.store.setAside(last.digest);
      }
      throw new DamagedArtifactError(last.digest, path, "other bytes");
    }
    if (last.kind === "unavailable") throw new UnavailableError(`${node.id}: ${last.message}`);
    if (last.kind === "write") throw new StoreError(last.message);
    // It would fail from there again: the next try begins at the beginning.
    removeIfThere(runner.store.checkpointFolder(key.key));
    throw new StepError(node.id, last.message, `${last.detail}\n${outcome.stderr}`.trim());
  }
  const reason = outcome.code === 137
    ? "its process was killed (out of memory?)"
    : `its process ended with exit code ${outcome.code}${firstLine(outcome.stderr)}`;
  throw new StepError(node.id, reason, outcome.stderr.trim());
}

/** What a process that could not even start its step said. */
function firstLine(stderr: string): string {
  const line = stderr.split("\n").find((line) => line.trim() !== "");
  return line === undefined ? "" : `: ${line.trim().slice(0, 300)}`;
}

/** Files of an output below its path: one for a file, all for a tree. */
function outputFiles(task: NodeTask, port: string): { name: string; path: string }[] {
  const { format, path } = task.outputs[port]!;
  return format === "tree"
    ? listFiles(path).map((name) => ({ name: `${port}/${name}`, path: join(path, name) }))
    : [{ name: port, path }];
}

/** A key that already has a record must give the same bytes again. */
function checkSameAsBefore(runner: NodeRunner, node: PlanNode, key: NodeKey, task: NodeTask): void {
  const before = runner.store.readRecord(key.key);
  for (const [port, output] of Object.entries(task.outputs)) {
    if (!exists(output.path)) {
      throw new StepError(node.id, `it did not write its output ${port}`);
    }
    const old = before?.outputs[port];
    if (old === undefined) continue;
    for (const { name, path } of outputFiles(task, port)) {
      const digest = output.format === "tree"
        ? treeDigests(runner.store, old)?.[name.slice(port.length + 1)]
        : old.digest;
      if (digest === undefined || sha256File(path).digest === digest) continue;
      const oldPath = runner.store.artifactPath(digest);
      const where = exists(oldPath)
        ? runner.describeDifference(oldPath, path)
        : `the first result (${digest.slice(0, 12)}) is no longer in the store`;
      throw new NondeterminismError(node.id, key.key, `${name}: ${where}`);
    }
  }
}

function treeDigests(store: Store, output: OutputRecord): Record<string, string> | undefined {
  if (!store.hasArtifact(output.digest)) return undefined;
  return Object.fromEntries(
    store.readTree(output.digest).files.map((file) => [file.path, file.digest]),
  );
}

async function publishOutputs(
  store: Store,
  task: NodeTask,
): Promise<Record<string, OutputRecord>> {
  const outputs: Record<string, OutputRecord> = {};
  for (const [port, { format, path }] of Object.entries(task.outputs)) {
    const published = format === "tree" ? await store.publishTree(path) : store.publishFile(path);
    outputs[port] = { format, ...published };
  }
  return outputs;
}

function keepDownloads(runner: NodeRunner, folder: string): void {
  for (const name of listFiles(folder)) {
    Deno.mkdirSync(runner.downloads, { recursive: true });
    moveFile(join(folder, name), join(runner.downloads, name));
  }
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
