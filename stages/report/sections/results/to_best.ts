import type { ReplicateResult } from "../../model/results.ts";
import { mean } from "../context.ts";

/** Figures of a training up to its best epoch. */
export type ToBest = "bestEpoch" | "stepsToBest" | "samplesToBest" | "multiplyAddsToBest";

/** The replicates that have a best epoch: a training that diverged at once has none. */
export function withBest(replicates: readonly ReplicateResult[]): ReplicateResult[] {
  return replicates.filter(({ bestEpoch }) => bestEpoch > 0);
}

/** Mean of a figure over the replicates that have a best epoch; NaN if none has. */
export function meanToBest(replicates: readonly ReplicateResult[], key: ToBest): number {
  return mean(withBest(replicates).map((own) => own[key]));
}

/** A number as tables of data have it: empty for none. */
export function orEmpty(value: number): number | "" {
  return Number.isNaN(value) ? "" : value;
}
