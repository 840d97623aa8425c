/**
 * One of the trainings of `decays.ts` after another, on a core of its own: a weight decay comes, the
 * digest of the trained weights goes.
 *
 * @module
 */
import { createSoftmaxRegression } from "../core/nn/softmax_regression.ts";
import { resolveHyperparameters } from "../core/optim/hyperparameters.ts";
import { sgd } from "../core/optim/sgd.ts";
import { stream } from "../core/random/stream.ts";
import { createWasmCore } from "../core/wasm/core.ts";
import { digest } from "../core/wasm/digest.ts";
import { CLASSES, DIMENSION, EPOCHS, makeSamples, SAMPLES } from "./decays_samples.ts";

interface Scope {
  onmessage: ((event: MessageEvent<number>) => void) | null;
  postMessage(message: string): void;
}

const scope = globalThis as unknown as Scope;
const core = await createWasmCore({ read: (url) => Deno.readFile(url) });
const { values, targets } = makeSamples();
const features = core.upload(values, [SAMPLES, DIMENSION]);
const labels = core.uploadIntegers(targets, [SAMPLES], { below: CLASSES });

scope.onmessage = async ({ data: weightDecay }) => {
  const head = createSoftmaxRegression(core, { inputs: DIMENSION, classes: CLASSES });
  head.initialize(stream(1, "init"));
  const shuffle = stream(1, "shuffle");
  const hyperparameters = resolveHyperparameters(sgd, { learningRate: 0.1, weightDecay });
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    await head.trainEpoch({
      features,
      labels,
      rows: shuffle.sub(epoch).permutation(SAMPLES),
      batchSize: 256,
      optimizer: sgd,
      values: hyperparameters,
    });
  }
  const { weight } = await head.save();
  head.dispose();
  scope.postMessage(await digest(new Uint8Array(weight.data.buffer)));
};
scope.postMessage("ready");
