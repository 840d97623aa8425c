import type { Parameters, TrainingState } from "../../core/nn/head.ts";
import type { LbfgsState } from "../../core/optim/lbfgs_step.ts";
import type { ClassLosses } from "../../data/artifacts/summary.ts";
import type { EpochRecord } from "./history.ts";

/** What a training has cost so far. */
export interface Spent {
  steps: number;
  samples: number;
  multiplyAdds: number;
}

/** A training between two epochs: with it, it goes on to the same bits. */
export interface FitState {
  training: TrainingState;
  history: EpochRecord[];
  spent: Spent;
  best: { epoch: number; spent: Spent; kept: Parameters; losses: ClassLosses };
  /** What L-BFGS has gathered; none of another method. */
  pairs?: LbfgsState["pairs"];
}
