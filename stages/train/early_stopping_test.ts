import assert from "node:assert/strict";
import fc from "fast-check";
import type { EpochScores } from "../../data/artifacts/summary.ts";
import { EarlyStopping } from "./early_stopping.ts";
import { findOverfitEpoch } from "./history.ts";

Deno.test("EarlyStopping counts epochs that bring less than minDelta", () => {
  const watch = new EarlyStopping({ monitor: "validationLoss", patience: 2, minDelta: 0.5 });
  const improved = [3, 2, 1.75, 1.25, 1, 0.875].map((loss) => watch.improves(loss));
  assert.deepEqual(improved, [true, true, false, true, false, false]);
  assert.ok(watch.isOver);
});

Deno.test("EarlyStopping on accuracy takes the first of equals", () => {
  const watch = new EarlyStopping({ monitor: "validationAccuracy", patience: 3, minDelta: 0 });
  assert.deepEqual([0, 0.5, 0.5, 0.25].map((value) => watch.improves(value)), [
    true,
    true,
    false,
    false,
  ]);
  assert.ok(!watch.isOver);
});

Deno.test("EarlyStopping: the last improvement is the best value of all", () => {
  const losses = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1 });
  fc.assert(fc.property(losses, (values) => {
    const watch = new EarlyStopping({ monitor: "validationLoss", patience: 1000, minDelta: 0 });
    const improved = values.map((value) => watch.improves(value));
    const best = values.indexOf(Math.min(...values));
    assert.equal(improved.lastIndexOf(true), best);
  }));
});

/** Keras's rule, written out: the epochs whose weights would be kept, and the one that ends it. */
function asKeras(values: readonly number[], patience: number, minDelta: number) {
  const improved: boolean[] = [];
  let [best, wait] = [Infinity, 0];
  for (const [epoch, value] of values.entries()) {
    wait++;
    improved.push(value + minDelta < best);
    if (improved[epoch]) [best, wait] = [value, 0];
    else if (wait >= patience) break;
  }
  return improved;
}

Deno.test("EarlyStopping stops where Keras does, and keeps the same epoch", () => {
  // In sixteenths, so that no sum is rounded.
  const sixteenths = fc.integer({ min: 0, max: 16 }).map((count) => count / 16);
  const options = fc.record({
    losses: fc.array(sixteenths, { minLength: 1, maxLength: 20 }),
    patience: fc.integer({ min: 1, max: 4 }),
    minDelta: fc.constantFrom(0, 1 / 16, 1 / 4),
    turned: fc.boolean(),
  });
  fc.assert(fc.property(options, ({ losses, patience, minDelta, turned }) => {
    const monitor = turned ? "validationAccuracy" : "validationLoss";
    const watch = new EarlyStopping({ monitor, patience, minDelta });
    const improved: boolean[] = [];
    for (const loss of losses) {
      if (!watch.isOver) improved.push(watch.improves(turned ? 1 - loss : loss));
    }
    assert.deepEqual(improved, asKeras(losses, patience, minDelta));
  }));
});

const epochs = (train: number[], validation: number[]): EpochScores[] =>
  train.map((trainLoss, i) => ({
    trainLoss,
    validationLoss: validation[i],
    trainAccuracy: 0,
    validationAccuracy: 0,
  }));

Deno.test("findOverfitEpoch() asks for a rising validation loss and a falling training loss", () => {
  assert.equal(findOverfitEpoch(epochs([3, 2, 1, 0.5], [3, 1, 2, 4])), 2);
  assert.equal(findOverfitEpoch(epochs([3, 2, 1, 0.5], [3, 1, 1, 4])), 2);
  assert.equal(findOverfitEpoch(epochs([3, 2, 1], [3, 2, 1])), null);
  assert.equal(findOverfitEpoch(epochs([3, 2, 4], [3, 1, 2])), null);
  assert.equal(findOverfitEpoch(epochs([3, 2, 1, NaN], [3, 1, 2, NaN])), 2);
  assert.equal(findOverfitEpoch(epochs([NaN], [Infinity])), null);
});
