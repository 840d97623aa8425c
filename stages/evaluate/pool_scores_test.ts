import assert from "node:assert/strict";
import { createAnswers } from "../../core/metrics/answers.ts";
import { accuracy } from "../../core/metrics/accuracy.ts";
import { METRICS } from "../../core/metrics/registry.ts";
import type { EvaluatedReplicate } from "./evaluated.ts";
import { poolScores } from "./pool_scores.ts";

function fold(
  label: string,
  ids: string[],
  predicted: number[],
  classesOnly = false,
): EvaluatedReplicate {
  const labels = Int32Array.from(ids, (_, i) => i % 2);
  const probabilities = Float32Array.from(predicted.flatMap((own) =>
    own === 0 ? [0.75, 0.25] : [
      0.25,
      0.75,
    ]
  ));
  const answers = createAnswers({
    classes: 2,
    labels,
    predicted: Int32Array.from(predicted),
    probabilities,
    classesOnly,
  });
  return { label, ids, answers, metrics: {} as EvaluatedReplicate["metrics"] };
}

Deno.test("poolScores() scores the answers of all folds as one model's", () => {
  const folds = [
    fold("fold=1", ["a", "b"], [0, 1]),
    fold("fold=2", ["c", "d", "e", "f"], [0, 0, 1, 1]),
  ];
  const pooled = poolScores(folds, {})!;
  // 2 of 2 and 2 of 4 are right: 4 of 6, not the mean of 1 and 0.5.
  assert.equal(pooled.accuracy, 4 / 6);
  const all = createAnswers({
    classes: 2,
    labels: Int32Array.of(0, 1, 0, 1, 0, 1),
    predicted: Int32Array.of(0, 1, 0, 0, 1, 1),
    probabilities: Float32Array.of(
      ...[0.75, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75, 0.25, 0.25, 0.75, 0.25, 0.75],
    ),
  });
  for (const { name, compute } of METRICS) assert.equal(pooled[name], compute(all, {}), name);
});

Deno.test("poolScores() has no score of probabilities that were not given", () => {
  const folds = [
    fold("fold=1", ["a", "b"], [0, 1], true),
    fold("fold=2", ["c", "d"], [0, 0], true),
  ];
  const pooled = poolScores(folds, {})!;
  assert.equal(pooled.accuracy, 3 / 4);
  for (const { name, ofProbabilities } of METRICS) {
    if (ofProbabilities) assert.equal(pooled[name], null, name);
  }
});

Deno.test("poolScores() has nothing to say of replicates that are tested on the same images", () => {
  const same = ["a", "b"];
  assert.equal(poolScores([fold("seed=1", same, [0, 1]), fold("seed=2", same, [1, 1])], {}), null);
  assert.equal(poolScores([fold("", same, [0, 1])], {}), null);
  assert.equal(accuracy.compute(fold("", same, [0, 1]).answers), 1);
});
