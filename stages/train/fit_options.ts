import type { Initialization } from "../../core/nn/initialization.ts";
import type { HeadDescription } from "../../core/nn/registry.ts";
import type { Regularization, TrainingLoss } from "../../core/nn/regularization.ts";
import type { MethodName } from "../../core/optim/methods.ts";
import type { ScheduleDescription } from "../../core/optim/schedules/rate_factor.ts";
import type { Monitor } from "../../data/artifacts/summary.ts";

/** How a head is trained. */
export interface FitOptions {
  /** As the head was made. */
  head: HeadDescription;
  optimizer: MethodName;
  /** Values of all the optimiser's hyperparameters. */
  hyperparameters: Readonly<Record<string, number>>;
  schedule: ScheduleDescription;
  initialization: Initialization;
  seed: number;
  batchSize: number;
  epochs: number;
  patience: number;
  minDelta: number;
  monitor: Monitor;
  regularization: Regularization;
  loss: TrainingLoss;
  /** MixUp's α; 0 for none. */
  mixUp: number;
  /** `full` costs two more passes over the training images an epoch. */
  history: "brief" | "full";
  /** Which epoch's parameters are kept: the best, or the last that is finite. */
  keep: "best" | "last";
  /** Names of the classes. */
  classes: readonly string[];
}
