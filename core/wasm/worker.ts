/**
 * A thread of a core: runs its part of each program on the core's memory; see `assembly/threads.ts`.
 *
 * @module
 */
import type { Kernels } from "./kernels.ts";

/** What a worker is told once. */
export interface Recruit {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Its number, from 1, and how many threads there are. */
  thread: number;
  threads: number;
  /** Where they meet, in bytes. */
  meeting: number;
}

/** What the global scope of a worker has that it needs. */
interface Scope {
  onmessage: ((event: MessageEvent<Recruit>) => void) | null;
  postMessage(message: "ready"): void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = async ({ data: { module, memory, thread, threads, meeting } }) => {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const { join, serve } = exports as unknown as Kernels;
  join(thread, threads, meeting);
  const program = new Int32Array(memory.buffer, meeting, 1);
  let last = Atomics.load(program, 0);
  scope.postMessage("ready");
  for (;;) {
    const ran = serve(last);
    if (ran === last) {
      // Idle: asleep here and not in the kernels, the worker can be ended.
      const { async, value } = Atomics.waitAsync(program, 0, last);
      if (async) await value;
    }
    last = ran;
  }
};
