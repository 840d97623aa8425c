import { createSoftmaxRegression } from "../nn/softmax_regression.ts";
import type { EpochResult, Evaluation } from "../nn/head.ts";
import type { Core } from "../ops.ts";
import { resolveHyperparameters } from "../optim/hyperparameters.ts";
import { OPTIMIZERS } from "../optim/registry.ts";
import { stream } from "../random/stream.ts";

/** What a training came to. */
export interface Trained {
  arrays: Record<string, Float32Array>;
  numbers: Record<string, EpochResult | Evaluation>;
}

/** A small training by each optimiser, with odd sizes and a last batch that is not full. */
export async function train(core: Core): Promise<Trained> {
  const [n, inputs, classes] = [61, 37, 5];
  const random = stream(1, "data");
  const targets = new Int32Array(n).map(() => random.integer(classes));
  const values = new Float32Array(n * inputs);
  for (let i = 0; i < values.length; i++) {
    values[i] = random.normal() + (i % inputs === targets[Math.floor(i / inputs)] ? 2 : 0);
  }
  const features = core.upload(values, [n, inputs]);
  const labels = core.uploadIntegers(targets, [n], { below: classes });
  const trained: Trained = { arrays: {}, numbers: {} };
  for (const optimizer of Object.values(OPTIMIZERS)) {
    const head = createSoftmaxRegression(core, { inputs, classes });
    head.initialize(stream(1, "init"));
    const shuffle = stream(1, "shuffle");
    for (let epoch = 0; epoch < 3; epoch++) {
      const rows = shuffle.sub(epoch).permutation(n - 10);
      trained.numbers[`${optimizer.name}, epoch ${epoch}`] = await head.trainEpoch({
        features,
        labels,
        rows,
        batchSize: 16,
        optimizer,
        values: resolveHyperparameters(optimizer, { learningRate: 0.02, weightDecay: 0.1 }),
      });
    }
    const held = new Int32Array(10).map((_, i) => n - 10 + i);
    trained.numbers[optimizer.name] = await head.evaluate({ features, labels, rows: held });
    const { weight, bias } = await head.save();
    const { probabilities } = await head.predict({ features, labels });
    Object.assign(trained.arrays, {
      [`${optimizer.name}, weight`]: weight.data,
      [`${optimizer.name}, bias`]: bias.data,
      [`${optimizer.name}, probabilities`]: probabilities,
    });
    head.dispose();
  }
  return trained;
}
