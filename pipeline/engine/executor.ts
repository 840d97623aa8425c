/**
 * Runs a node's task in a process of its own, here or through a command prefix.
 *
 * @module
 */
import { TextLineStream } from "./lines.ts";
import { decodeMessage, type NodeMessage } from "./protocol.ts";
import type { Permissions } from "./sandbox.ts";
import { permissionFlags } from "./sandbox.ts";

/** How node processes are started. */
export interface ExecutorOptions {
  /** Project root: its `deno.json` maps the imports. */
  root: string;
  /** Deno that runs the nodes. */
  denoPath: string;
  /** Words before it, such as `qemu-aarch64 -L /usr/aarch64-linux-gnu`. */
  prefix: readonly string[];
  /** Flags for V8, such as `--no-enable-fma3`. */
  v8Flags: readonly string[];
  /** Deno's cache of compiled modules. */
  denoDir: string;
}

/** One process to run. */
export interface NodeProcess {
  taskPath: string;
  folder: string;
  permissions: Permissions;
}

/** How a process ended. */
export interface NodeOutcome {
  /** Its last word: `done` or `failed`; undefined if it ended without one. */
  last: NodeMessage | undefined;
  /** Exit code, or 128 + signal. */
  code: number;
  stderr: string;
  seconds: number;
  peakMiB?: number;
}

/** Starts processes on this machine. */
export class Executor {
  readonly #options: ExecutorOptions;

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  /** Runs one task to its end; an abort kills it. */
  async run(
    process: NodeProcess,
    onStart: (pid: number) => void,
    onMessage: (message: NodeMessage) => void,
    signal: AbortSignal,
  ): Promise<NodeOutcome> {
    const started = performance.now();
    const [command, ...args] = this.#commandLine(process) as [string, ...string[]];
    const child = new Deno.Command(command, {
      args,
      cwd: process.folder,
      clearEnv: true,
      env: {
        DENO_DIR: this.#options.denoDir,
        DENO_NO_UPDATE_CHECK: "1",
        NO_COLOR: "1",
        PATH: "/usr/local/bin:/usr/bin:/bin",
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    onStart(child.pid);
    const kill = () => {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
    };
    signal.addEventListener("abort", kill, { once: true });
    if (signal.aborted) kill();
    const stderr = readTail(child.stderr);
    let last: NodeMessage | undefined;
    const lines = child.stdout
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream());
    try {
      for await (const line of lines) {
        const message = decodeMessage(line);
        if (message === undefined) continue;
        if (message.type === "done" || message.type === "failed") last = message;
        else onMessage(message);
      }
    } catch (error) {
      kill(); // Whoever listens has failed: nobody waits for the result any more.
      throw error;
    } finally {
      signal.removeEventListener("abort", kill);
    }
    const status = await child.status;
    await child.stdin.close().catch(() => {}); // It may be closed with the process.
    return {
      last,
      code: status.code,
      stderr: await stderr,
      seconds: (performance.now() - started) / 1000,
      ...(last?.type === "done" ? { peakMiB: last.peakMiB } : {}),
    };
  }

  #commandLine(process: NodeProcess): string[] {
    const { root, prefix, denoPath, v8Flags } = this.#options;
    return [
      ...prefix,
      denoPath,
      "run",
      "--quiet",
      "--no-prompt",
      "--cached-only",
      "--no-lock",
      `--config=${root}/deno.json`,
      ...(v8Flags.length === 0 ? [] : [`--v8-flags=${v8Flags.join(",")}`]),
      ...permissionFlags(process.permissions),
      new URL("./node_main.ts", import.meta.url).href,
      process.taskPath,
    ];
  }
}

/** The last part of a stream: enough to explain a failure, never more than fits. */
async function readTail(stream: ReadableStream<Uint8Array>): Promise<string> {
  const most = 16_384;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > 2 * most) text = text.slice(-most);
  }
  return text.slice(-most);
}
