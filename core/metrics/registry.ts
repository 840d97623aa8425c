import { accuracy } from "./accuracy.ts";
import { macroAveragePrecision, weightedAveragePrecision } from "./average_precision.ts";
import { averages } from "./averages.ts";
import { balancedAccuracy } from "./balanced_accuracy.ts";
import { brierScore } from "./brier_score.ts";
import { calibrationError } from "./calibration_error.ts";
import { cohenKappa } from "./cohen_kappa.ts";
import { logLoss } from "./log_loss.ts";
import { matthewsCorrelation } from "./matthews_correlation.ts";
import type { Metric } from "./metric.ts";
import { macroRocAuc, weightedRocAuc } from "./roc_auc.ts";
import { topKAccuracy } from "./top_k_accuracy.ts";

/** Every metric, in the order of tables: a new one is a file beside this one, and a line here. */
export const METRICS: readonly Metric[] = [
  accuracy,
  balancedAccuracy,
  topKAccuracy,
  ...averages,
  cohenKappa,
  matthewsCorrelation,
  macroRocAuc,
  weightedRocAuc,
  macroAveragePrecision,
  weightedAveragePrecision,
  logLoss,
  brierScore,
  calibrationError,
];

/** Those that are cheap enough for every resample of a bootstrap. */
export const BOOTSTRAPPED_METRICS: readonly Metric[] = METRICS.filter(({ bootstrapped }) =>
  bootstrapped
);
