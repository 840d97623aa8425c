/**
 * What a running step is given, made from its task.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type {
  AnyStep,
  InputHandle,
  InputPort,
  OutputHandle,
  PointLabel,
  RemoteFile,
  StepContext,
} from "../stage.ts";
import { readableJson } from "../canonical.ts";
import { sha256 } from "../digest.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { download } from "./download.ts";
import { DamagedArtifactError } from "./errors.ts";
import { openInputFile } from "./input_file.ts";
import type { NodeMessage, NodeTask, TaskInput } from "./protocol.ts";

/** A step turns the event loop, and tells how far it is, at most this often. */
const PROGRESS_MS = 100;

const NOWHERE: PointLabel = { model: "", replicate: "", candidate: "" };

/** Makes the context of a step's run. */
export function makeContext(
  task: NodeTask,
  step: AnyStep,
  say: (message: NodeMessage) => void,
): StepContext {
  const inputs: Record<string, unknown> = {};
  for (const [port, declared] of Object.entries<InputPort>(step.inputs)) {
    const entries = task.inputs[port] ?? [];
    inputs[port] = declared.many
      ? entries.map((entry) => inputHandle(entry, entry.label))
      : entries.map((entry) => inputHandle(entry, NOWHERE))[0];
  }
  const outputs: Record<string, OutputHandle> = {};
  for (const [port, { path }] of Object.entries(task.outputs)) outputs[port] = outputHandle(path);
  let last = performance.now();
  return {
    params: task.params,
    inputs: inputs as StepContext["inputs"],
    outputs,
    threads: task.threads,
    profile: task.profile,
    asset: (url: URL) => Promise.resolve(readAsset(task, url)),
    async progress(done: number, total: number, unit: string) {
      const now = performance.now();
      if (now - last < PROGRESS_MS && done < total) return;
      last = now;
      say({ type: "progress", done, total, unit });
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    note: (message: string) => say({ type: "note", message }),
    checkpoint: openCheckpoint(task.checkpoint),
    device: (name: string) => say({ type: "device", name }),
    download: (file: RemoteFile) =>
      download(task, file, (done) => say({ type: "progress", done, total: file.size, unit: "B" })),
  };
}

function inputHandle(entry: TaskInput, label: PointLabel): InputHandle {
  // The bytes that are hashed are the bytes that are used: nothing can change in between.
  const bytes = () => {
    const data = Deno.readFileSync(entry.path);
    const found = sha256(data);
    if (found !== entry.digest) throw new DamagedArtifactError(entry.digest, entry.path, found);
    return data;
  };
  const text = () => new TextDecoder("utf-8", { fatal: true }).decode(bytes());
  return {
    digest: entry.digest,
    size: entry.size,
    label,
    bytes: () => attempt(bytes),
    text: () => attempt(text),
    json: <T>() => attempt(() => JSON.parse(text()) as T),
    open: () => attempt(() => openInputFile(entry.path, entry.digest)),
  };
}

function outputHandle(path: string): OutputHandle {
  let written = false;
  const write = (data: Uint8Array | string) => {
    if (written) throw new Error(`Cannot write an output twice: ${path}`);
    written = true;
    Deno.mkdirSync(dirname(path), { recursive: true });
    if (typeof data === "string") Deno.writeTextFileSync(path, data);
    else Deno.writeFileSync(path, data);
  };
  return {
    bytes: (data) => attempt(() => write(data)),
    text: (data) => attempt(() => write(data)),
    json: (data) => attempt(() => write(readableJson(data))),
    file(below: string) {
      if (below === "" || below.split("/").some((part) => part === "" || /^\.\.?$/.test(part))) {
        throw new Error(`Cannot write a file of a tree at ${JSON.stringify(below)}`);
      }
      return outputHandle(join(path, below));
    },
  };
}

function readAsset(task: NodeTask, url: URL): Uint8Array<ArrayBuffer> {
  const path = task.assets[url.href];
  if (path === undefined) {
    throw new Error(
      `Cannot read the asset ${
        fileURLToPath(url)
      } as the step does not declare it: add it to its assets`,
    );
  }
  return Deno.readFileSync(path);
}

/** A synchronous result as a promise, whose failure is a rejection. */
// deno-lint-ignore require-await -- async is what turns a throw into a rejection.
async function attempt<T>(make: () => T): Promise<T> {
  return make();
}
