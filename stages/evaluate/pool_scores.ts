import { createAnswers } from "../../core/metrics/answers.ts";
import { METRICS } from "../../core/metrics/registry.ts";
import type { MetricSettings } from "../../core/metrics/metric.ts";
import { valueOf } from "../../core/metrics/value_of.ts";
import type { EvaluatedReplicate } from "./evaluated.ts";

/**
 * Scores of all replicates' answers together, as if one model had given them: of folds alone, each
 * image counts once. `null` where replicates are tested on the same images, whose answers together would
 * tell no more than their mean.
 *
 * @returns By name of the metric; `null` where the answers leave one undefined.
 */
export function poolScores(
  replicates: readonly EvaluatedReplicate[],
  settings: MetricSettings,
): Record<string, number | null> | null {
  const [first, ...others] = replicates;
  const isSame = ({ ids }: EvaluatedReplicate) =>
    ids.length === first.ids.length && ids.every((id, i) => id === first.ids[i]);
  if (others.every(isSame)) return null;
  const all = replicates.map(({ answers }) => answers);
  const classes = first.answers.classes;
  const pooled = createAnswers({
    classes,
    labels: Int32Array.from(all.flatMap(({ labels }) => [...labels])),
    predicted: Int32Array.from(all.flatMap(({ predicted }) => [...predicted])),
    probabilities: joined(all.map(({ probabilities }) => probabilities)),
    classesOnly: first.answers.classesOnly,
  });
  return Object.fromEntries(METRICS.map((metric) => {
    const value = valueOf(metric, pooled, settings);
    return [metric.name, Number.isNaN(value) ? null : value];
  }));
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
