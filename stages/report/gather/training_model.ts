import type { Metrics } from "../../../data/artifacts/metrics.ts";
import { isTrained, type TrainingSummary } from "../../../data/artifacts/summary.ts";
import type { TrainingModel } from "../model/note.ts";
import type { Labelled } from "./labelled.ts";

/** What every training has in common. */
export function trainingModel(metrics: readonly Labelled<Metrics>[]): TrainingModel {
  const trainings = metrics.map(({ value }) => value.training).filter(isTrained);
  const common = <K extends keyof TrainingSummary>(key: K) => {
    const values = new Set(trainings.map((training) => training[key]));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const heads = new Set(metrics.flatMap(({ value }) => value.training?.head ?? []));
  return {
    head: heads.size === 1 ? [...heads][0] : undefined,
    epochs: common("maximumEpochs"),
    patience: common("patience"),
    batchSize: common("batchSize"),
    monitor: common("monitor"),
  };
}
