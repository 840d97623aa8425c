import assert from "node:assert/strict";
import { createAnswers } from "./answers.ts";
import { METRICS } from "./registry.ts";
import { valueOf } from "./value_of.ts";

const CLASSES = 3;
const options = {
  classes: CLASSES,
  labels: new Int32Array([0, 1, 2, 0, 1, 2]),
  predicted: new Int32Array([0, 1, 1, 2, 1, 2]),
};
const sure = Float32Array.from(
  { length: 6 * CLASSES },
  (_, i) => i % CLASSES === options.predicted[Math.floor(i / CLASSES)] ? 0.75 : 0.125,
);
const unsure = Float32Array.from(
  { length: 6 * CLASSES },
  (_, i) => [0.5, 0.25, 0.25, 0.125, 0.5, 0.375, 0.25, 0.375, 0.375][i % 9],
);

for (const metric of METRICS) {
  const settings = { topK: 2 };
  const of = (probabilities: Float32Array, classesOnly = false) =>
    valueOf(metric, createAnswers({ ...options, probabilities, classesOnly }), settings);
  const { name, ofProbabilities = false } = metric;

  Deno.test(`${name} is ${ofProbabilities ? "" : "not "}of probabilities`, () => {
    assert.equal(of(sure) !== of(unsure), ofProbabilities);
    const without = of(new Float32Array(6 * CLASSES), true);
    assert.equal(without, ofProbabilities ? NaN : of(sure));
  });
}
