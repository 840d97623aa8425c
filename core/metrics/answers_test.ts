import assert from "node:assert/strict";
import fc from "fast-check";
import { type Answers, type AnswersOptions, createAnswers } from "./answers.ts";
import { extremeClasses } from "./extreme_classes.ts";
import { METRICS } from "./registry.ts";

/** Any answers on 1 to 12 samples of 2 to 4 classes, with rows to take. */
const anyAnswers = fc.integer({ min: 2, max: 4 }).chain((classes) => {
  const index = fc.nat({ max: classes - 1 });
  const probability = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  const probabilities = fc.array(probability, { minLength: classes, maxLength: classes });
  return fc.record({
    classes: fc.constant(classes),
    samples: fc.array(fc.record({ label: index, predicted: index, probabilities }), {
      minLength: 1,
      maxLength: 12,
    }),
    draws: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
  });
});

function take(
  classes: number,
  samples: readonly { label: number; predicted: number; probabilities: number[] }[],
): Answers {
  return createAnswers({
    classes,
    labels: Int32Array.from(samples, ({ label }) => label),
    predicted: Int32Array.from(samples, ({ predicted }) => predicted),
    probabilities: Float32Array.from(samples.flatMap(({ probabilities }) => probabilities)),
  });
}

Deno.test("a resample is what its rows make as answers of their own", () => {
  fc.assert(fc.property(anyAnswers, ({ classes, samples, draws }) => {
    const rows = Int32Array.from(draws, (draw) => draw % samples.length);
    const resample = take(classes, samples).at(rows);
    const own = take(classes, [...rows].map((row) => samples[row]));
    for (const { name, compute } of METRICS) assert.equal(compute(resample), compute(own), name);
  }));
});

Deno.test("every metric has its own name", () => {
  assert.equal(new Set(METRICS.map(({ name }) => name)).size, METRICS.length);
});

Deno.test("what rows make is computed once for all views, what answers make once for each", () => {
  const answers = take(2, [{ label: 0, predicted: 0, probabilities: [0.75, 0.25] }]);
  const calls = { perRow: 0, once: 0 };
  const perRow = ({ labels }: AnswersOptions) => {
    calls.perRow++;
    return new Float64Array(labels.length);
  };
  const once = ({ rows }: Answers) => {
    calls.once++;
    return rows.length;
  };
  const twice = answers.at(new Int32Array([0, 0]));
  assert.deepEqual([answers.once(once), answers.once(once), twice.once(once)], [1, 1, 2]);
  assert.equal(answers.perRow(perRow), twice.perRow(perRow));
  assert.deepEqual(calls, { perRow: 1, once: 2 });
});

Deno.test("scores of classes are what counting samples one by one gives", () => {
  fc.assert(fc.property(anyAnswers, ({ classes, samples }) => {
    const scores = take(classes, samples).classScores;
    for (let i = 0; i < classes; i++) {
      const right = samples.filter((s) => s.label === i && s.predicted === i).length;
      const support = samples.filter((s) => s.label === i).length;
      const predicted = samples.filter((s) => s.predicted === i).length;
      const precision = predicted === 0 ? 0 : right / predicted;
      const recall = support === 0 ? 0 : right / support;
      const f1 = right === 0 ? 0 : 2 * precision * recall / (precision + recall);
      assert.equal(scores[i].precision, precision);
      assert.equal(scores[i].recall, recall);
      assert.ok(Math.abs(scores[i].f1 - f1) < 1e-15);
      assert.deepEqual([scores[i].support, scores[i].predicted], [support, predicted]);
    }
  }));
});

Deno.test("extremeClasses() leaves classes without samples out and takes the first of equals", () => {
  const scores = [
    { precision: 0, recall: 0, f1: 0, support: 0 },
    { precision: 0.5, recall: 1, f1: 0.75, support: 2 },
    { precision: 0.5, recall: 0.25, f1: 0.5, support: 4 },
  ];
  assert.deepEqual(extremeClasses(scores, "minimum"), {
    precision: { value: 0.5, class: 1 },
    recall: { value: 0.25, class: 2 },
    f1: { value: 0.5, class: 2 },
  });
  assert.equal(extremeClasses(scores, "maximum").precision.class, 1);
  assert.throws(
    () => extremeClasses(scores.slice(0, 1), "minimum"),
    /Cannot find the minimum precision as no class has samples/,
  );
});

Deno.test("createAnswers() refuses what does not fit", () => {
  const one = { classes: 2, labels: new Int32Array(1), predicted: new Int32Array(1) };
  const probabilities = new Float32Array(2);
  assert.throws(
    () => createAnswers({ ...one, probabilities: new Float32Array(3) }),
    /1 labels of 2 classes need 1 predictions and 2 probabilities: current numbers are 1 and 3/,
  );
  assert.throws(
    () => createAnswers({ ...one, labels: new Int32Array([2]), probabilities }),
    /each label must be from 0 to 1: the value at 0 is 2/,
  );
  for (const wrong of [NaN, -0.25, 1.5, Infinity]) {
    assert.throws(
      () => createAnswers({ ...one, probabilities: new Float32Array([0.5, wrong]) }),
      new RegExp(`each probability must be in .* sample 0, class 1 is ${wrong}`),
    );
  }
  const none = new Int32Array(0);
  assert.throws(
    () =>
      createAnswers({
        classes: 2,
        labels: none,
        predicted: none,
        probabilities: new Float32Array(0),
      }),
    /there is no sample/,
  );
});
