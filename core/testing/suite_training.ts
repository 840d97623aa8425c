import assert from "node:assert/strict";
import type { Parameters } from "../nn/head.ts";
import { createSoftmaxRegression } from "../nn/softmax_regression.ts";
import type { Core } from "../ops.ts";
import { resolveHyperparameters } from "../optim/hyperparameters.ts";
import { type OptimizerName, OPTIMIZERS } from "../optim/registry.ts";
import fixture from "../optim/testdata/trajectories.json" with { type: "json" };
import { agreement } from "./agreement.ts";
import type { CoreUnderTest } from "./contract_suite.ts";
import { train, type Trained } from "./train.ts";

const { samples, inputs, classes, batchSize } = fixture;

/** Parameters after the fixture's steps by one optimiser. */
async function follow(
  core: Core,
  { optimizer, values }: { optimizer: string; values: Record<string, number | undefined> },
): Promise<Parameters> {
  const features = core.upload(new Float32Array(fixture.features), [samples, inputs]);
  const labels = core.uploadIntegers(new Int32Array(fixture.labels), [samples], { below: classes });
  const head = createSoftmaxRegression(core, { inputs, classes });
  head.load({
    weight: { shape: [classes, inputs], data: new Float32Array(fixture.weight) },
    bias: { shape: [classes], data: new Float32Array(fixture.bias) },
  });
  const chosen = OPTIMIZERS[optimizer as OptimizerName];
  await head.trainEpoch({
    features,
    labels,
    rows: new Int32Array(fixture.order),
    batchSize,
    optimizer: chosen,
    values: resolveHyperparameters(chosen, values),
  });
  return await head.save();
}

/** Losses of a training's epochs and evaluations. */
function losses({ numbers }: Trained): Float32Array {
  return new Float32Array(Object.values(numbers).map(({ loss }) => loss));
}

/** All other numbers. */
function counts({ numbers }: Trained): unknown[] {
  return Object.entries(numbers).map(([name, { loss: _, ...rest }]) => ({ name, ...rest }));
}

/** Whole trainings: against PyTorch's, and against the reference to the bit. */
export function testTraining(subject: CoreUnderTest): void {
  const { name, create, reference, tolerance } = subject;
  const { how, check } = agreement(subject);

  for (const trajectory of fixture.trajectories) {
    Deno.test(`${name}: ${trajectory.title} follows the peer's trajectory`, async () => {
      const { weight, bias } = await follow(await create(), trajectory);
      const expected = [...trajectory.weight, ...trajectory.bias];
      let distance = 0, norm = 0;
      [...weight.data, ...bias.data].forEach((value, i) => {
        distance += (value - expected[i]) ** 2;
        norm += expected[i] ** 2;
      });
      assert.ok(Math.sqrt(distance / norm) < 1e-5, `${Math.sqrt(distance / norm)}`);
    });
  }

  Deno.test(`${name}: trainings as specified ${how}`, async () => {
    const [results, expected] = [await train(await create()), await train(reference())];
    if (tolerance === undefined) assert.deepEqual(results.numbers, expected.numbers);
    else {
      assert.deepEqual(counts(results), counts(expected));
      check(losses(results), losses(expected), "losses");
    }
    for (const [what, array] of Object.entries(expected.arrays)) {
      check(results.arrays[what], array, what);
    }
  });
}
