import { median } from "./timing.ts";

/** How long one thing takes, in milliseconds. */
export interface Sample {
  median: number;
  /** The shortest: what the machine does when nothing else is on it. */
  least: number;
}

/** Options for {@linkcode sample}. */
export interface SampleOptions {
  /** What to spend, in milliseconds. Default: 1000. */
  budget?: number;
  /** How many times `run` does the thing. Default: 1. */
  times?: number;
}

/** Runs something until the budget is spent, at least five times, after as many to warm up. */
export async function sample(
  run: () => void | Promise<unknown>,
  { budget = 1000, times = 1 }: SampleOptions = {},
): Promise<Sample> {
  const WARM_UP = 5;
  const taken: number[] = [];
  const begin = performance.now();
  for (let i = -WARM_UP; i < 5 || performance.now() - begin < budget; i++) {
    const started = performance.now();
    await run();
    if (i >= 0) taken.push((performance.now() - started) / times);
  }
  return { median: median(taken), least: Math.min(...taken) };
}
