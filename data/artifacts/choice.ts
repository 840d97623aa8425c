import type { Monitor } from "./summary.ts";

/** One combination of tuned values. */
export interface ChoiceCandidate {
  /** Label: `learningRate=0.001 weightDecay=0.01`; empty where nothing is tuned. */
  candidate: string;
  /** The tuned values by name. */
  values: Record<string, number | string>;
  /** Of the monitored value at the best epoch, over replicates; `null` where one has none. */
  mean: number | null;
  /** With n − 1; 0 for one replicate; `null` where `mean` is. */
  standardDeviation: number | null;
  /** In the study's order; `null` where no epoch ended with a finite loss. */
  perReplicate: (number | null)[];
  /** Replicates that diverged; such a candidate is chosen only if every one has some. */
  diverged: number;
}

/** The artifact `choice`: the candidate that a model keeps. */
export interface Choice {
  criterion: Monitor;
  /** In the study's order. */
  candidates: ChoiceCandidate[];
  /** Label of the chosen one. */
  chosen: string;
  /** Tuned numbers whose chosen value is the least or the greatest tried. */
  atEdge: string[];
}
