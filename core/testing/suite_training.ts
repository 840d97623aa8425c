import assert from "node:assert/strict";
import type { Parameters } from "../nn/head.ts";
import { createSoftmaxRegression } from "../nn/softmax_regression.ts";
import type { Regularization } from "../nn/regularization.ts";
import type { Core } from "../ops.ts";
import { resolveHyperparameters } from "../optim/hyperparameters.ts";
import { type OptimizerName, OPTIMIZERS } from "../optim/registry.ts";
import { rateFactor, type ScheduleDescription } from "../optim/schedules/rate_factor.ts";
import fixture from "../optim/testdata/trajectories.json" with { type: "json" };
import { agreement } from "./agreement.ts";
import type { CoreUnderTest } from "./core_under_test.ts";
import { train, type Trained } from "./train.ts";

const { samples, inputs, classes, batchSize } = fixture;

/** A training of the fixture. */
interface Trajectory {
  optimizer: string;
  values: Record<string, number | undefined>;
  training?: {
    schedule?: ScheduleDescription;
    /** What the schedule watches, of each epoch. */
    watched?: number[];
    loss?: { smoothing?: number; classWeights?: number[] };
    regularization?: Omit<Regularization, "classDecay"> & { classDecay?: number[] };
  };
}

/** Where PyTorch ends. */
interface Ends {
  title: string;
  weight: number[];
  bias: number[];
}

const STEPS_PER_EPOCH = samples / batchSize;
const EPOCHS = Math.ceil(fixture.order.length / samples);

/** Parameters after the fixture's steps of one training. */
async function follow(
  core: Core,
  { optimizer, values, training = {} }: Trajectory,
): Promise<Parameters> {
  const { schedule, watched = [], loss, regularization } = training;
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
    rateFactor: schedule && ((step) =>
      rateFactor(schedule, {
        step,
        stepsPerEpoch: STEPS_PER_EPOCH,
        epochs: EPOCHS,
        watched: watched.slice(0, Math.floor(step / STEPS_PER_EPOCH)),
      })),
    loss: loss && { ...loss, classWeights: optional(loss.classWeights) },
    regularization: regularization &&
      { ...regularization, classDecay: optional(regularization.classDecay) },
  });
  return await head.save();
}

function optional(values: number[] | undefined): Float32Array<ArrayBuffer> | undefined {
  return values && new Float32Array(values);
}

/** Losses of a training's epochs and evaluations. */
function losses({ numbers }: Trained): Float32Array {
  return new Float32Array(Object.values(numbers).map(({ loss }) => loss));
}

/** All other numbers. */
function counts({ numbers }: Trained): unknown[] {
  return Object.entries(numbers).map(([name, { loss: _, ...rest }]) => {
    if ("classLosses" in rest) return { name, ...rest, classLosses: rest.classLosses.length };
    return { name, ...rest };
  });
}

/** Whole trainings: against PyTorch's, and against the reference to the bit. */
export function testTraining(subject: CoreUnderTest): void {
  const { name, create, reference, tolerance } = subject;
  const { how, check } = agreement(subject);

  for (const trajectory of fixture.trajectories as (Trajectory & Ends)[]) {
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
