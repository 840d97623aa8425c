import assert from "node:assert/strict";
import { tInterval } from "../../core/metrics/t_interval.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { TEST_METRICS, TRAINING_FIGURES } from "../../data/artifacts/value_names.ts";
import { quantitiesOf } from "./quantities.ts";

function metricsOf(training: Partial<TrainingSummary>): Metrics {
  return {
    scores: Object.fromEntries(TEST_METRICS.map((name) => [name, 0.5])),
    training: { ...Object.fromEntries(TRAINING_FIGURES.map((name) => [name, 7])), ...training },
  } as Metrics;
}

const OPTIONS = { intervals: {}, confidence: 0.95 };
const SCORES = { trainLoss: 1, trainAccuracy: 1, validationLoss: 1, validationAccuracy: 1 };
/** What counts up to the best epoch. */
const TO_BEST = ["bestEpoch", "stepsToBest", "samplesToBest", "multiplyAddsToBest"] as const;

Deno.test("a training without a best epoch reached none at no cost", () => {
  const none = Object.fromEntries(TO_BEST.map((name) => [name, 0]));
  const quantities = quantitiesOf([metricsOf({ best: null, ...none })], OPTIONS);
  for (const name of TO_BEST) {
    assert.deepEqual([name, quantities[name].mean, quantities[name].perReplicate], [
      name,
      null,
      [null],
    ]);
  }
  assert.equal(quantities.steps.mean, 7);
});

Deno.test("means over replicates leave out those without a value", () => {
  const quantities = quantitiesOf(
    [metricsOf({ best: SCORES, bestEpoch: 4 }), metricsOf({ best: null, bestEpoch: 0 })],
    OPTIONS,
  );
  assert.deepEqual(quantities.bestEpoch.perReplicate, [4, null]);
  assert.deepEqual([quantities.bestEpoch.mean, quantities.trainLoss.mean], [4, 1]);
});

Deno.test("two replicates and more have an interval by Student's t", () => {
  const metrics = [0.5, 0.75, 0.25].map((accuracy) => ({
    ...metricsOf({ best: SCORES }),
    scores: { ...metricsOf({}).scores, accuracy, macroRocAuc: accuracy === 0.5 ? null : accuracy },
  }));
  const { accuracy, macroRocAuc } = quantitiesOf(metrics, OPTIONS);
  assert.deepEqual(accuracy.overReplicates, tInterval([0.5, 0.75, 0.25], 0.95));
  // Of the replicates that have a value.
  assert.deepEqual(macroRocAuc.perReplicate, [null, 0.75, 0.25]);
  assert.deepEqual(macroRocAuc.overReplicates, tInterval([0.75, 0.25], 0.95));
  assert.equal(quantitiesOf(metrics.slice(1, 2), OPTIONS).accuracy.overReplicates, null);
});
