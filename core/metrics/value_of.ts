import type { Answers } from "./answers.ts";
import type { Metric, MetricSettings } from "./metric.ts";

/** Where a metric of probabilities is undefined besides. */
export const NO_PROBABILITIES = "no probabilities were given";

/**
 * A metric's value; NaN where the answers leave it undefined, among them those without
 * probabilities for a metric of these.
 *
 * @throws {RangeError} if a setting is out of its range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { accuracy } from "./accuracy.ts";
 * import { createAnswers } from "./answers.ts";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 1]),
 *   predicted: new Int32Array([0, 0]),
 *   probabilities: new Float32Array([0.75, 0.25, 0.5, 0.5]),
 * });
 * assert.equal(valueOf(accuracy, answers), 0.5);
 * ```
 */
export function valueOf(metric: Metric, answers: Answers, settings?: MetricSettings): number {
  const isUndefined = answers.classesOnly === true && metric.ofProbabilities === true;
  return isUndefined ? NaN : metric.compute(answers, settings);
}
