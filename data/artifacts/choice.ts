import type { ClassDecays } from "./class_decays.ts";
import type { Monitor } from "./summary.ts";

/** Tuned values by name. */
export type TunedValues = Record<string, number | string>;

/** One combination of tuned values. */
export interface ChoiceCandidate {
  /**
   * Label: `learningRate=0.001 weightDecay=0.01`, or `learningRate=refined1.2` for a value that
   * depends on an earlier round; empty where nothing is tuned.
   */
  candidate: string;
  values: TunedValues;
  /** 0 for what the study lists or draws; from 1 for a round that refines the best so far. */
  round: number;
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
  /** The weight decay of each class, where a study asks for it. */
  decayByClass?: ClassDecays;
}
