import type { Answers } from "./answers.ts";
import type { Metric, MetricSettings } from "./metric.ts";

/** Where a metric of probabilities is undefined besides. */
export const NO_PROBABILITIES = "no probabilities were given";

/**
 * A metric's value; NaN where the answers leave it undefined, among them those without
 * probabilities for a metric of these.
 *
 * @throws {RangeError} if a setting is out of its range.
 */
export function valueOf(metric: Metric, answers: Answers, settings?: MetricSettings): number {
  const isUndefined = answers.classesOnly === true && metric.ofProbabilities === true;
  return isUndefined ? NaN : metric.compute(answers, settings);
}
