/**
 * Shares out the machine between nodes that run at once: so many at a time, and only as many as
 * its memory holds.
 *
 * @module
 */

/** What a machine offers. */
export interface Capacity {
  jobs: number;
  memoryMiB: number;
}

/** What this machine offers: a job a core, and three quarters of its memory. */
export function machineCapacity(jobs?: number): Capacity {
  return {
    jobs: jobs ?? navigator.hardwareConcurrency,
    memoryMiB: Deno.systemMemoryInfo().total / 2 ** 20 * 0.75,
  };
}

/** Hands out slots first come, first served. */
export class Slots {
  readonly #capacity: Capacity;
  #jobs = 0;
  #memoryMiB = 0;
  readonly #queue: { memoryMiB: number; start: () => void }[] = [];

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** Waits for a slot; dispose of it to give it back. A node that needs it all runs alone. */
  async take(memoryMiB: number): Promise<Disposable> {
    await new Promise<void>((start) => {
      this.#queue.push({ memoryMiB, start });
      this.#serve();
    });
    return {
      [Symbol.dispose]: () => {
        this.#jobs--;
        this.#memoryMiB -= memoryMiB;
        this.#serve();
      },
    };
  }

  #serve(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const fits = this.#jobs < this.#capacity.jobs &&
        this.#memoryMiB + next.memoryMiB <= this.#capacity.memoryMiB;
      if (!fits && this.#jobs > 0) return;
      this.#queue.shift();
      this.#jobs++;
      this.#memoryMiB += next.memoryMiB;
      next.start();
    }
  }
}
