import type { Recruit } from "./worker.ts";

/** The module of a worker: a step that uses more than one thread declares it as an asset. */
export const WORKER = new URL("./worker.ts", import.meta.url);

/** Workers that share a core's memory. */
export interface Team {
  /** Ends them. */
  dismiss(): void;
}

/**
 * Starts the threads 1, 2, … of a core; thread 0 is the caller's own.
 *
 * @throws {Error} if a worker does not start; none is left then.
 */
export async function recruit(options: Omit<Recruit, "thread">): Promise<Team> {
  const workers: Worker[] = [];
  const dismiss = () => workers.forEach((worker) => worker.terminate());
  try {
    const ready = Array.from({ length: options.threads - 1 }, (_, i) => {
      const worker = new Worker(WORKER, { type: "module" });
      workers.push(worker);
      return new Promise<void>((resolve, reject) => {
        worker.onmessage = () => resolve();
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(`Cannot start a thread of the core: ${event.message}`));
        };
        worker.postMessage({ ...options, thread: i + 1 } satisfies Recruit);
      });
    });
    await Promise.all(ready);
  } catch (error) {
    dismiss();
    throw error;
  }
  return { dismiss };
}
