import assert from "node:assert/strict";
import { sweepClasses } from "./class_sweep.ts";
import type { ModelResult } from "./model.ts";

const model = (...classes: number[][]) =>
  ({ classes: classes.map((logLosses) => ({ logLosses })) }) as unknown as ModelResult;

const series = {
  name: "",
  points: [{ value: 0.1, model: 2 }, { value: 1, model: 0 }, { value: 10, model: 1 }],
};

Deno.test("sweepClasses() finds the best value of each class, and of their mean", () => {
  const found = sweepClasses(series, [
    model([1, 3], [5, 5]),
    model([4, 4], [1, 2]),
    model([2, 2], [5, 5]),
  ]);
  // By ascending value: the first class has 2, 2, 4 and the second 5, 5, 1.5.
  assert.deepEqual(found.classes[0], {
    class: 0,
    losses: [2, 2, 4],
    deviations: [0, Math.SQRT2, 0],
    best: 0,
    agreeing: 1,
    replicates: 2,
  });
  assert.deepEqual([found.classes[1].best, found.classes[1].agreeing], [2, 2]);
  assert.deepEqual(found.means, [3.5, 3.5, 2.75]);
  assert.deepEqual([found.best, found.counts], [2, [1, 0, 1]]);
});

Deno.test("sweepClasses() leaves out classes without test images, and trainings that diverged", () => {
  const found = sweepClasses(series, [
    model([NaN, 3], [NaN, NaN]),
    model([1, 4], [NaN, NaN]),
    model([5, 5], [NaN, NaN]),
  ]);
  assert.deepEqual(found.classes.map((own) => [own.class, own.losses, own.best, own.agreeing]), [
    [0, [5, 3, 2.5], 2, 1],
  ]);
});
