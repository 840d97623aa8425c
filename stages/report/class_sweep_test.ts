import assert from "node:assert/strict";
import { sweepClasses, validateSweep } from "./class_sweep.ts";
import type { ModelResult } from "./model/results.ts";

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

Deno.test("validateSweep() chooses on validation and takes the test losses there", () => {
  const two = (test: number[], validation: number[]) =>
    ({
      classes: test.map((loss, i) => ({ logLosses: [loss], validationLosses: [validation[i]] })),
    }) as unknown as ModelResult;
  const models = [two([1, 8], [5, 1]), two([2, 4], [1, 2]), two([4, 2], [3, 3.5])];
  const validation = sweepClasses(series, models, "validationLosses");
  const found = validateSweep(sweepClasses(series, models), validation)!;
  // By ascending value, validation has 3, 5, 1 and 3.5, 1, 2: best are the last and the second.
  assert.deepEqual([...found.own], [[0, 2], [1, 1]]);
  assert.equal(found.common, 2);
  assert.deepEqual([found.lossAtCommon, found.lossAtOwn], [(2 + 4) / 2, (2 + 8) / 2]);
  const none = sweepClasses(series, [model([1]), model([1]), model([1])], "validationLosses");
  assert.equal(validateSweep(sweepClasses(series, models), none), undefined);
});
