/**
 * Shares out the machine between nodes that run at once: its cores, and only as many nodes as its
 * memory holds.
 *
 * A node takes one core. A node whose step can share its work among threads takes more where cores
 * would stand idle: those that are free are divided by the nodes that wait for one. So a sweep of
 * many small trainings runs one thread each, and a single large one runs on all cores.
 *
 * @module
 */

/** What a machine offers. */
export interface Capacity {
  /** Cores to use. */
  jobs: number;
  memoryMiB: number;
}

/** What a node needs. */
export interface Need {
  memoryMiB: number;
  /** Whether it can use more threads than one. Default: false. */
  parallel?: boolean;
}

/** What a node got; dispose of it to give it back. */
export interface Slot extends Disposable {
  readonly threads: number;
}

/** What this machine offers: all its cores, and three quarters of its memory. */
export function machineCapacity(jobs?: number): Capacity {
  return {
    jobs: jobs ?? navigator.hardwareConcurrency,
    memoryMiB: Deno.systemMemoryInfo().total / 2 ** 20 * 0.75,
  };
}

/** Hands out slots first come, first served. */
export class Slots {
  readonly #capacity: Capacity;
  readonly #threads: number | undefined;
  #cores = 0;
  #nodes = 0;
  #memoryMiB = 0;
  #serving = false;
  readonly #queue: { need: Need; start: (threads: number) => void }[] = [];

  /** @param threads How many threads a node that can use them gets, whatever is free. */
  constructor(capacity: Capacity, threads?: number) {
    this.#capacity = capacity;
    this.#threads = threads;
  }

  /** Waits for a slot. A node that needs more memory than there is runs alone. */
  async take(need: Need): Promise<Slot> {
    const threads = await new Promise<number>((start) => {
      this.#queue.push({ need, start });
      this.#serveSoon();
    });
    return {
      threads,
      [Symbol.dispose]: () => {
        this.#nodes--;
        this.#cores -= threads;
        this.#memoryMiB -= need.memoryMiB;
        this.#serveSoon();
      },
    };
  }

  /** Serves when all that are ready now have come, so that they are shared out together. */
  #serveSoon(): void {
    if (this.#serving) return;
    this.#serving = true;
    setTimeout(() => {
      this.#serving = false;
      this.#serve();
    }, 0);
  }

  #serve(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const { need, start } = next;
      const free = this.#capacity.jobs - this.#cores;
      const fits = free > 0 && this.#memoryMiB + need.memoryMiB <= this.#capacity.memoryMiB;
      if (!fits && this.#nodes > 0) return;
      const threads = need.parallel
        ? this.#threads ?? Math.max(1, Math.floor(free / this.#queue.length))
        : 1;
      this.#queue.shift();
      this.#nodes++;
      this.#cores += threads;
      this.#memoryMiB += need.memoryMiB;
      start(threads);
    }
  }
}
