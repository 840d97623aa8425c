import { accuracy } from "./accuracy.ts";
import { logLoss } from "./log_loss.ts";
import type { Metric } from "./metric.ts";
import { averages } from "./precision_recall_f1.ts";

/** Every metric, in the order of tables: a new one is a file beside this one, and a line here. */
export const METRICS: readonly Metric[] = [
  accuracy,
  ...averages,
  logLoss,
];
