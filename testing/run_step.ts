/**
 * Runs one step in memory, for tests: inputs are given as bytes, text or JSON, outputs come back
 * the same way. What the engine forbids is forbidden here too: an undeclared asset, a download that
 * is not declared or not as pinned, an output written twice or never.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import canonicalize from "canonicalize";
import type { z } from "zod";
import type {
  Checkpoint,
  InputHandle,
  InputPort,
  OutputHandle,
  OutputPort,
  PointLabel,
  RemoteFile,
  Step,
  StepContext,
} from "../pipeline/stage.ts";
import { inMemory } from "./in_memory.ts";

/** One artifact to give to a step: bytes, or a text, or a value to write as JSON. */
export type TestInput =
  | Uint8Array
  | string
  | { data: Uint8Array | string; label?: Partial<PointLabel> }
  | { json: unknown; label?: Partial<PointLabel> };

/** Options of {@linkcode runStep}. */
export interface RunStepOptions<I extends Record<string, InputPort>> {
  /** By port; a list for a port that gathers. A declared port may only be left out if optional. */
  inputs?: { [Port in keyof I]?: TestInput | readonly TestInput[] };
  /** Files that {@linkcode StepContext.download} finds: a folder, or bytes by mirror path. */
  mirror?: string | Readonly<Record<string, Uint8Array>>;
  /** Default: none was left, and none is due. */
  checkpoint?: Checkpoint;
  /** Answers downloads in place of {@linkcode mirror}, unchecked: for files that lie. */
  download?: (file: RemoteFile) => Uint8Array<ArrayBuffer>;
}

const NO_CHECKPOINT: Checkpoint = {
  isDue: () => false,
  read: () => Promise.resolve(undefined),
  write: () => Promise.reject(new Error("A checkpoint was written that is not due")),
};

/** What a step wrote and said. */
export class StepResult {
  /** Lines that the step noted. */
  readonly notes: string[] = [];
  /** Every call of `progress`. */
  readonly progress: { done: number; total: number; unit: string }[] = [];
  /** Bytes by port, or by `port/path` for a file of a tree. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>> = new Map();

  /** @throws {Error} if nothing was written there. */
  bytes(name: string): Uint8Array<ArrayBuffer> {
    const bytes = this.files.get(name);
    if (bytes === undefined) {
      throw new Error(`The step did not write ${name}: it wrote ${[...this.files.keys()]}`);
    }
    return bytes;
  }

  text(name: string): string {
    return new TextDecoder().decode(this.bytes(name));
  }

  // deno-lint-ignore no-explicit-any -- a test knows the shape that it asks for.
  json<T = any>(name: string): T {
    return JSON.parse(this.text(name)) as T;
  }

  /** SHA-256 of what was written there. */
  digest(name: string): string {
    return sha256(this.bytes(name));
  }
}

/**
 * Runs a step once.
 *
 * @param params As the study file would give them; the step's schema fills in defaults.
 * @throws {Error} what the step throws, or if it breaks its own declaration.
 *
 * @example
 * ```ts ignore
 * const result = await runStep(split, { ratios: { train: 0.8, validation: 0.1, test: 0.1 } }, {
 *   inputs: { samples: "id,label,group,origin\n…", images: bytes },
 * });
 * result.text("partition"); // "id,partition\n…"
 * ```
 */
export async function runStep<
  P extends z.ZodType,
  I extends Record<string, InputPort>,
  O extends Record<string, OutputPort>,
>(step: Step<P, I, O>, params: z.input<P>, options: RunStepOptions<I> = {}): Promise<StepResult> {
  const resolved = step.params.parse(params);
  const result = new StepResult();
  const given = (options.inputs ?? {}) as Record<string, TestInput | readonly TestInput[]>;
  const inputs: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    if (step.inputs[name] === undefined) throw new Error(`${step.name} has no input port ${name}`);
  }
  for (const [name, port] of Object.entries(step.inputs)) {
    const value = given[name];
    if (port.many) inputs[name] = value === undefined ? [] : [value].flat().map(inputHandle);
    else if (value !== undefined) inputs[name] = inputHandle(value as TestInput);
    else if (port.optional) inputs[name] = undefined;
    else throw new Error(`${step.name} needs an input for its port ${name}`);
  }
  const outputs: Record<string, OutputHandle> = {};
  for (const [name, port] of Object.entries(step.outputs)) {
    outputs[name] = outputHandle(result.files, name, port.format === "tree");
  }
  const assets = new Set((step.assets?.(resolved) ?? []).map((url) => url.href));
  const remote = step.remote?.(resolved) ?? [];
  const context: StepContext<z.output<P>> = {
    params: resolved,
    inputs: inputs as StepContext["inputs"],
    outputs: outputs as StepContext["outputs"],
    threads: 1,
    profile: "exact",
    device: () => {},
    asset: (url) =>
      assets.has(url.href) ? Deno.readFile(fileURLToPath(url)) : Promise.reject(
        new Error(`${step.name} asked for an asset that it does not declare: ${url.href}`),
      ),
    progress(done, total, unit) {
      result.progress.push({ done, total, unit });
      return Promise.resolve();
    },
    note: (message) => void result.notes.push(message),
    checkpoint: options.checkpoint ?? NO_CHECKPOINT,
    download: (file) =>
      options.download !== undefined
        ? Promise.resolve(options.download(file))
        : download(step.name, remote, file, options.mirror),
  };
  await step.run(context as unknown as StepContext<z.output<P>, I, O>);
  for (const [name, port] of Object.entries(step.outputs)) {
    const written = port.format === "tree"
      ? [...result.files.keys()].some((path) => path.startsWith(`${name}/`))
      : result.files.has(name);
    if (!written) throw new Error(`${step.name} did not write its output ${name}`);
  }
  return result;
}

function inputHandle(input: TestInput): InputHandle {
  const bytes = toBytes(input);
  const label = typeof input === "object" && "label" in input ? input.label : undefined;
  return {
    digest: sha256(bytes),
    size: bytes.length,
    label: { model: "", replicate: "", candidate: "", ...label },
    bytes: () => Promise.resolve(bytes.slice()),
    text: () => Promise.resolve(new TextDecoder().decode(bytes)),
    json: <T>() => Promise.resolve(JSON.parse(new TextDecoder().decode(bytes)) as T),
    open: () => Promise.resolve(inMemory(bytes)),
  };
}

function toBytes(input: TestInput): Uint8Array<ArrayBuffer> {
  if (typeof input === "string") return new TextEncoder().encode(input);
  if (input instanceof Uint8Array) return input.slice();
  return "json" in input ? jsonBytes(input.json) : toBytes(input.data);
}

function outputHandle(
  files: Map<string, Uint8Array<ArrayBuffer>>,
  name: string,
  tree: boolean,
): OutputHandle {
  const write = (bytes: Uint8Array<ArrayBuffer>) => {
    if (tree) throw new Error(`Cannot write bytes to ${name} as it is a tree: use file()`);
    if (files.has(name)) throw new Error(`Cannot write ${name} twice`);
    files.set(name, bytes);
    return Promise.resolve();
  };
  return {
    bytes: (data) => write(data.slice()),
    text: (data) => write(new TextEncoder().encode(data)),
    json: (data) => write(jsonBytes(data)),
    file(path) {
      if (!tree) throw new Error(`Cannot write a file to ${name} as it is not a tree`);
      if (path.startsWith("/") || path.split("/").includes("..")) {
        throw new Error(`Cannot write a file outside of its tree: ${path}`);
      }
      return outputHandle(files, `${name}/${path}`, false);
    },
  };
}

/** As the engine writes it: sorted keys, two-space indent, final newline. */
function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError(`Cannot write as JSON: ${String(value)}`);
  return new TextEncoder().encode(JSON.stringify(JSON.parse(text), null, 2) + "\n");
}

async function download(
  step: string,
  remote: readonly RemoteFile[],
  file: RemoteFile,
  mirror: string | Readonly<Record<string, Uint8Array>> | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!remote.some(({ url, sha256 }) => url === file.url && sha256 === file.sha256)) {
    throw new Error(`${step} asked for a file that it does not declare: ${file.url}`);
  }
  const bytes = typeof mirror === "string"
    ? await Deno.readFile(`${mirror}/${file.mirror}`)
    : mirror?.[file.mirror]?.slice();
  if (bytes === undefined) throw new Error(`The test gives no ${file.mirror}`);
  const digest = sha256(bytes);
  if (bytes.length !== file.size || digest !== file.sha256) {
    throw new Error(
      `${file.mirror} is not as pinned: expected ${file.size} bytes with SHA-256 ${file.sha256}, ` +
        `found ${bytes.length} bytes with ${digest}`,
    );
  }
  return bytes;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
