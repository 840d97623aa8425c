/**
 * Entry of a node's process: reads its task, runs the step, reports on standard output.
 *
 * It runs with only the permissions of its task. When the process that started it goes away, its
 * standard input ends, and so does it.
 *
 * @module
 */
import process from "node:process";
import type { AnyStep } from "../stage.ts";
import { DamagedArtifactError, explainWriteError, StoreError, UnavailableError } from "./errors.ts";
import { makeContext } from "./node_context.ts";
import { encodeMessage, type NodeMessage, type NodeTask } from "./protocol.ts";

const encoder = new TextEncoder();

function say(message: NodeMessage): void {
  const bytes = encoder.encode(encodeMessage(message));
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/** Ends the process when its starter is gone. */
async function endWithStarter(): Promise<never> {
  const buffer = new Uint8Array(64);
  while (await Deno.stdin.read(buffer) !== null) {
    // Nothing is said there; only the end counts.
  }
  Deno.exit(143);
}

function describe(task: NodeTask, error: unknown): NodeMessage {
  const detail = error instanceof Error ? error.stack ?? "" : "";
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DamagedArtifactError) {
    return { type: "failed", kind: "damaged", message, detail, digest: error.digest };
  }
  if (error instanceof UnavailableError) {
    return { type: "failed", kind: "unavailable", message, detail };
  }
  const written = explainWriteError(error, task.downloaded);
  if (error instanceof Deno.errors.NotCapable) {
    return {
      type: "failed",
      kind: "undeclared",
      message: `${message.replace(/, run again with.*$/s, "")}, which the step does not declare: ` +
        `a step reads its inputs and its declared assets, writes its outputs, and nothing else. ` +
        `If it needs a file, add it to the step's assets`,
      detail,
    };
  }
  if (written instanceof StoreError) {
    return { type: "failed", kind: "write", message: written.message, detail };
  }
  return { type: "failed", kind: "step", message, detail };
}

async function main(taskPath: string): Promise<void> {
  const task = JSON.parse(Deno.readTextFileSync(taskPath)) as NodeTask;
  void endWithStarter();
  // It needs no permission, and would outlive the process.
  Reflect.deleteProperty(globalThis, "caches");
  try {
    const step = (await import(task.module)).default as AnyStep;
    await step.run(makeContext(task, step, say));
    say({ type: "done", peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) });
  } catch (error) {
    say(describe(task, error));
  }
  Deno.exit(0);
}

await main(Deno.args[0] ?? "");
