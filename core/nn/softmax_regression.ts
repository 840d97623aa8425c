import type { Core, FloatTensor } from "../ops.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Random } from "../random/stream.ts";
import type {
  EpochResult,
  Evaluation,
  Head,
  Initialization,
  Parameters,
  Prediction,
  Samples,
  TrainEpochOptions,
} from "./head.ts";
import { type Batch, inBatches, type InBatchesResult } from "./batches.ts";
import { mean } from "./mean.ts";

/** Options for {@linkcode createSoftmaxRegression}. */
export interface SoftmaxRegressionOptions {
  /** Dimension d of the embeddings. */
  inputs: number;
  /** Number of classes k. */
  classes: number;
}

/** Rows that {@linkcode Head.evaluate} and {@linkcode Head.predict} take at a time. */
const CHUNK = 256;

/**
 * Softmax regression (multinomial logistic regression): logits X·Wᵀ + b, mean cross-entropy.
 *
 * Parameters are `weight` `[classes, inputs]` and `bias` `[classes]`, PyTorch's `nn.Linear`; its
 * initialisation too: uniform in [−1/√d, 1/√d), first the weights row by row, then the biases, or
 * zeros. The number of multiply-adds is n·d·k for a forward pass and twice that with gradients.
 *
 * @throws {RangeError} unless inputs and classes are integers ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adam } from "../optim/adam.ts";
 * import { resolveHyperparameters } from "../optim/hyperparameters.ts";
 * import { stream } from "../random/stream.ts";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * const core = createReferenceCore();
 * const n = 3;
 * const x = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
 * const features = core.upload(x, [n, 4]);
 * const labels = core.uploadIntegers(new Int32Array([0, 1, 2]), [n], { below: 3 });
 *
 * const head = createSoftmaxRegression(core, { inputs: 4, classes: 3 });
 * head.initialize(stream(1, "init"));
 * const values = resolveHyperparameters(adam, { learningRate: 0.1 });
 * const shuffle = stream(1, "shuffle");
 * for (let epoch = 0; epoch < 10; epoch++) {
 *   const rows = shuffle.sub(epoch).permutation(n);
 *   await head.trainEpoch({ features, labels, rows, batchSize: 32, optimizer: adam, values });
 * }
 * const { loss } = await head.evaluate({ features, labels });
 * assert(loss < Math.log(3), "it has learnt");
 * ```
 */
export function createSoftmaxRegression(core: Core, options: SoftmaxRegressionOptions): Head {
  for (const name of ["inputs", "classes"] as const) {
    if (!Number.isInteger(options[name]) || options[name] < 1) {
      throw new RangeError(
        `Cannot create softmax regression as ${name} must be an integer from 1 up: current value is ${
          options[name]
        }`,
      );
    }
  }
  return new SoftmaxRegression(core, options);
}

/** An optimiser at work: its state for weight and bias, and the steps it has made. */
interface Training {
  optimizer: Optimizer;
  states: FloatTensor[][];
  steps: number;
}

class SoftmaxRegression implements Head {
  readonly name = "softmax";
  readonly parameters: number;
  readonly #core: Core;
  readonly #inputs: number;
  readonly #classes: number;
  readonly #weight: FloatTensor;
  readonly #bias: FloatTensor;
  readonly #weightGradient: FloatTensor;
  readonly #biasGradient: FloatTensor;
  #training: Training | undefined;

  constructor(core: Core, { inputs, classes }: SoftmaxRegressionOptions) {
    this.#core = core;
    this.#inputs = inputs;
    this.#classes = classes;
    this.#weight = core.tensor([classes, inputs]);
    this.#bias = core.tensor([classes]);
    this.#weightGradient = core.tensor([classes, inputs]);
    this.#biasGradient = core.tensor([classes]);
    this.parameters = classes * inputs + classes;
  }

  initialize(random: Random, initialization: Initialization = "uniform"): void {
    const bound = initialization === "uniform" ? 1 / Math.sqrt(this.#inputs) : 0;
    const draw = (size: number) => {
      const data = new Float32Array(size);
      if (bound > 0) {
        for (let i = 0; i < size; i++) {
          data[i] = (2 * random.float32() - 1) * bound;
        }
      }
      return data;
    };
    this.#core.write(this.#weight, draw(this.#classes * this.#inputs));
    this.#core.write(this.#bias, draw(this.#classes));
    this.#forget();
  }

  load({ weight, bias }: Parameters): void {
    if (!weight || !bias) {
      throw new TypeError("Cannot load softmax regression as it needs weight and bias");
    }
    this.#core.write(this.#weight, weight.data, { name: "weight" });
    this.#core.write(this.#bias, bias.data, { name: "bias" });
    this.#forget();
  }

  async save(): Promise<Parameters> {
    return {
      weight: { shape: this.#weight.shape, data: await this.#core.download(this.#weight) },
      bias: { shape: this.#bias.shape, data: await this.#core.download(this.#bias) },
    };
  }

  async trainEpoch(options: TrainEpochOptions): Promise<EpochResult> {
    const { rows, batchSize, optimizer, values } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(
        `Cannot train as the batch size must be an integer from 1 up: current value is ${batchSize}`,
      );
    }
    const training = this.#resume(optimizer);
    const { losses, predicted, labels } = await inBatches(
      this.#core,
      options,
      { batchSize, classes: this.#classes },
      (batch) => this.#forward(batch),
      (batch) => this.#step(batch, training, values),
    );
    const steps = Math.ceil(rows.length / batchSize);
    training.steps += steps;
    const bad = losses.findIndex((loss) => !Number.isFinite(loss));
    return {
      loss: mean(losses),
      accuracy: countEqual(predicted, labels) / rows.length,
      steps,
      samples: rows.length,
      multiplyAdds: this.multiplyAdds(rows.length, "train"),
      ...(bad >= 0 ? { divergedAt: Math.floor(bad / batchSize) + 1 } : {}),
    };
  }

  async evaluate(samples: Samples): Promise<Evaluation> {
    const { losses, predicted, labels } = await this.#run(samples, false);
    const correct = countEqual(predicted, labels);
    return {
      loss: mean(losses),
      accuracy: correct / labels.length,
      correct,
      samples: labels.length,
      multiplyAdds: this.multiplyAdds(labels.length, "evaluate"),
    };
  }

  async predict(samples: Samples): Promise<Prediction> {
    const { losses, predicted, probabilities } = await this.#run(samples, true);
    return { probabilities, predicted, losses };
  }

  multiplyAdds(samples: number, pass: "evaluate" | "train"): number {
    const forward = samples * this.#inputs * this.#classes;
    return pass === "train" ? 2 * forward : forward;
  }

  dispose(): void {
    this.#forget();
    const arrays = [this.#weight, this.#bias, this.#weightGradient, this.#biasGradient];
    for (const tensor of arrays) this.#core.free(tensor);
  }

  #run(samples: Samples, probabilities: boolean): Promise<InBatchesResult> {
    return inBatches(
      this.#core,
      samples,
      { batchSize: CHUNK, classes: this.#classes, probabilities },
      (batch) => this.#forward(batch),
      ({ logits, labels, losses }) => this.#core.softmaxCrossEntropy({ logits, labels, losses }),
    );
  }

  #forward({ features, logits }: Batch): void {
    this.#core.dense({ input: features, weight: this.#weight, bias: this.#bias, output: logits });
  }

  #step(batch: Batch, training: Training, values: TrainEpochOptions["values"]): void {
    const { features, labels, losses, logits } = batch;
    const core = this.#core;
    core.softmaxCrossEntropy({ logits, labels, losses, gradient: logits });
    core.denseGradient({
      input: features,
      outputGradient: logits,
      weightGradient: this.#weightGradient,
      biasGradient: this.#biasGradient,
    });
    const { optimizer, states, steps } = training;
    const rule = batch.rule((i) => optimizer.rule(values, steps + i + 1));
    const pairs = [[this.#weight, this.#weightGradient], [this.#bias, this.#biasGradient]];
    pairs.forEach(([parameters, gradient], i) =>
      core.update({ parameters, gradient, slots: states[i], rule })
    );
  }

  #resume(optimizer: Optimizer): Training {
    if (this.#training?.optimizer !== optimizer) {
      this.#forget();
      const states = [this.#weight, this.#bias].map((array) => optimizer.init(this.#core, array));
      this.#training = { optimizer, states, steps: 0 };
    }
    return this.#training!;
  }

  #forget(): void {
    for (const tensor of this.#training?.states.flat() ?? []) this.#core.free(tensor);
    this.#training = undefined;
  }
}

function countEqual(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) count++;
  return count;
}
