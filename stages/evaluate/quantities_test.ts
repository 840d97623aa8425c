import assert from "node:assert/strict";
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

const SCORES = { trainLoss: 1, trainAccuracy: 1, validationLoss: 1, validationAccuracy: 1 };
/** What counts up to the best epoch. */
const TO_BEST = ["bestEpoch", "stepsToBest", "samplesToBest", "multiplyAddsToBest"] as const;

Deno.test("a training without a best epoch reached none at no cost", () => {
  const none = Object.fromEntries(TO_BEST.map((name) => [name, 0]));
  const quantities = quantitiesOf([metricsOf({ best: null, ...none })], {});
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
    {},
  );
  assert.deepEqual(quantities.bestEpoch.perReplicate, [4, null]);
  assert.deepEqual([quantities.bestEpoch.mean, quantities.trainLoss.mean], [4, 1]);
});
