import type { Monitor } from "../../data/artifacts/summary.ts";

/** Options of {@linkcode EarlyStopping}. */
export interface EarlyStoppingOptions {
  monitor: Monitor;
  /** Epochs without improvement that end the training, at least 1. */
  patience: number;
  /** An improvement is a change by more than this. */
  minDelta: number;
}

/**
 * Watches a value over epochs: which epoch is the best so far, and when to stop (Prechelt 1998).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const watch = new EarlyStopping({ monitor: "validationLoss", patience: 2, minDelta: 0 });
 * assert.deepEqual([3, 2, 2, 4].map((loss) => watch.improves(loss)), [true, true, false, false]);
 * assert.equal(watch.isOver, true);
 * ```
 */
export class EarlyStopping {
  readonly #options: EarlyStoppingOptions;
  #best: number | undefined;
  #waited = 0;

  constructor(options: EarlyStoppingOptions) {
    this.#options = options;
  }

  /** Takes the value of the next epoch; tells whether it is the best so far, as the first one is. */
  improves(value: number): boolean {
    const { monitor, minDelta } = this.#options;
    const gain = this.#best === undefined
      ? Infinity
      : monitor === "validationLoss"
      ? this.#best - value
      : value - this.#best;
    if (gain > minDelta) {
      this.#best = value;
      this.#waited = 0;
      return true;
    }
    this.#waited++;
    return false;
  }

  /** Whether as many epochs as the patience went by without improvement. */
  get isOver(): boolean {
    return this.#waited >= this.#options.patience;
  }
}
