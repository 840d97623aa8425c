/** A training that was killed goes on from its checkpoint to the bits of one that was not. */
import assert from "node:assert/strict";
import type { z } from "zod";
import { resolveHyperparameters } from "../../core/optim/hyperparameters.ts";
import { lbfgs } from "../../core/optim/lbfgs.ts";
import { type OptimizerName, OPTIMIZERS } from "../../core/optim/registry.ts";
import { type ScheduleName, SCHEDULES } from "../../core/optim/schedules/registry.ts";
import type { Checkpoint } from "../../pipeline/stage.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings, type SyntheticOptions } from "../../testing/synthetic_embeddings.ts";
import fit, { type FitParams } from "./fit.ts";
import { NO_REGULARIZATION } from "./regularization.ts";

type Params = z.input<typeof FitParams>;

const PARAMS: Params = {
  head: {
    name: "mlp",
    hidden: [5],
    activation: { kind: "relu" },
    batchNorm: true,
    dropout: 0.25,
  },
  optimizer: "adam",
  hyperparameters: resolveHyperparameters(OPTIMIZERS.adam, {}),
  schedule: { name: "constant", values: {}, warmUp: 0 },
  initialization: "heUniform",
  seed: 1,
  batchSize: 16,
  epochs: 6,
  patience: 4,
  minDelta: 0,
  monitor: "validationLoss",
  residentLimit: 1024,
  shuffleWindow: 64,
};

const INPUTS = await inputsOf();

async function inputsOf(options: SyntheticOptions = {}) {
  const { testIds: _, ...inputs } = await syntheticEmbeddings(options);
  return inputs;
}

class Killed extends Error {}

/** Keeps every checkpoint; the one after so many epochs is the last thing that the process does. */
function dyingAfter(epochs: number): { kept: () => Uint8Array; checkpoint: Checkpoint } {
  let kept = new Uint8Array();
  let written = 0;
  return {
    kept: () => kept,
    checkpoint: {
      isDue: () => true,
      read: () => Promise.resolve(undefined),
      write(data) {
        kept = data.slice();
        return ++written === epochs ? Promise.reject(new Killed()) : Promise.resolve();
      },
    },
  };
}

const NEVER = { isDue: () => false, write: () => Promise.resolve() };
const PORTS = ["weights", "history", "summary"] as const;

async function assertResumes(params: Params, inputs = INPUTS): Promise<void> {
  const whole = await runStep(fit, params, { inputs });
  const { epochs } = whole.json("summary");
  for (const after of [1, Math.max(1, epochs - 1)]) {
    const { kept, checkpoint } = dyingAfter(after);
    await assert.rejects(runStep(fit, params, { inputs, checkpoint }), Killed);
    const bytes = new Uint8Array(kept());
    const resumed = await runStep(fit, params, {
      inputs,
      checkpoint: { ...NEVER, read: () => Promise.resolve(bytes) },
    });
    for (const port of PORTS) assert.equal(resumed.digest(port), whole.digest(port), port);
    // It did not begin at the beginning, and says so.
    assert.equal(resumed.notes[0], `goes on from its checkpoint, after epoch ${after}`);
    assert.equal(resumed.progress[0].done, after + 1);
  }
}

for (const optimizer of Object.keys(OPTIMIZERS) as OptimizerName[]) {
  Deno.test(`train.fit by ${optimizer} resumes to the bits of an uninterrupted training`, () =>
    assertResumes({
      ...PARAMS,
      optimizer,
      hyperparameters: resolveHyperparameters(OPTIMIZERS[optimizer], { weightDecay: 0.01 }),
    }));
}

Deno.test("train.fit by lbfgs resumes to the bits of an uninterrupted training", () =>
  assertResumes({
    ...PARAMS,
    head: { name: "softmax" },
    optimizer: "lbfgs",
    hyperparameters: resolveHyperparameters(lbfgs, { weightDecay: 0.01 }),
  }));

for (const name of Object.keys(SCHEDULES) as ScheduleName[]) {
  Deno.test(`train.fit with schedule ${name} resumes to the bits of an uninterrupted training`, () =>
    assertResumes({
      ...PARAMS,
      schedule: {
        name,
        values: resolveHyperparameters(SCHEDULES[name], {}, "schedule"),
        warmUp: 2.5,
      },
    }));
}

Deno.test("train.fit with every regularisation resumes to the bits of an uninterrupted training", () =>
  assertResumes({
    ...PARAMS,
    head: { name: "softmax" },
    history: "full",
    regularization: {
      ...NO_REGULARIZATION,
      l1: 1e-3,
      clipNorm: 0.5,
      labelSmoothing: 0.1,
      classWeights: "balanced",
      mixUp: 0.3,
      weightDecayByClass: { a: 0.1 },
    },
  }));

Deno.test("train.fit of windows resumes to the bits of an uninterrupted training", () =>
  assertResumes({ ...PARAMS, residentLimit: 0, shuffleWindow: 1 }));

Deno.test("train.fit resumes to the same bits where a class has no validation image, and so no loss", async () => {
  const inputs = await inputsOf({
    label: (label, partition) => partition === "validation" && label === "c" ? "b" : label,
  });
  await assertResumes({ ...PARAMS, history: "full" }, inputs);
});
