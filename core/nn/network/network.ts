import type { Core, FloatTensor, Shape } from "../../ops.ts";
import type { Optimizer } from "../../optim/optimizer.ts";
import type { Random } from "../../random/stream.ts";
import type { StreamedSamples } from "../feature_source.ts";
import type {
  DeadUnits,
  EpochResult,
  Evaluation,
  Head,
  HeadLayer,
  InitializeOptions,
  Parameters,
  Prediction,
  Samples,
  StreamEpochOptions,
  TrainEpochOptions,
  TrainingState,
} from "../head.ts";
import type { ForwardPass } from "../layers/layer.ts";
import { mean } from "../mean.ts";
import type { TrainingLoss } from "../regularization.ts";
import { streamWindows } from "../stream_windows.ts";
import { type Batch, inBatches } from "./batches.ts";
import { countDeadUnits } from "./dead_units.ts";
import { LayerStack } from "./layer_stack.ts";
import { Loss } from "./loss.ts";
import { countMixed, partOf } from "./mixed.ts";
import { multiplyAdds, type PlaceLayersOptions } from "./place_layers.ts";
import { readAnswers } from "./readings.ts";
import { type UpdatedArray, Updates } from "./updates.ts";
import { Workspace } from "./workspace.ts";

/** Options for {@linkcode createNetwork}. */
export type NetworkOptions = PlaceLayersOptions;

/**
 * A head made of layers, one after the other, that ends in softmax and mean cross-entropy.
 *
 * Parameters are named as in PyTorch's `nn.Sequential` of the same layers, `3.weight` for that of
 * the fourth layer, and without a number where there is one layer alone; so a saved head can be
 * given to `load_state_dict`.
 *
 * @throws {RangeError} if a layer does not fit what the one before it gives, with both.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../../reference/core.ts";
 * import { activation } from "../layers/activation.ts";
 * import { dense } from "../layers/dense.ts";
 *
 * const head = createNetwork(createReferenceCore(), {
 *   name: "two layers",
 *   inputs: [4],
 *   layers: [dense({ outputs: 8 }), activation({ kind: "tanh" }), dense({ outputs: 3 })],
 *   classes: 3,
 * });
 * assert.equal(head.parameters, 4 * 8 + 8 + 8 * 3 + 3);
 * assert.deepEqual(Object.keys(await head.save()), ["0.weight", "0.bias", "2.weight", "2.bias"]);
 * ```
 */
export function createNetwork(core: Core, options: NetworkOptions): Head {
  return new Network(core, options);
}

/** An optimiser at work: its state for each trained array, and the steps it has made. */
interface Training {
  optimizer: Optimizer;
  states: FloatTensor[][];
  steps: number;
}

class Network implements Head {
  readonly name: string;
  readonly inputs: Shape;
  readonly classes: number;
  readonly layers: readonly HeadLayer[];
  readonly parameters: number;
  readonly #core: Core;
  readonly #stack: LayerStack;
  #training: Training | undefined;
  /** Σg² of each trained array at the last step. */
  #squares: readonly number[] = [];
  #dropout: Random | undefined;

  constructor(core: Core, options: NetworkOptions) {
    const { name, inputs, classes } = options;
    this.#core = core;
    this.#stack = new LayerStack(core, options);
    this.name = name;
    this.inputs = inputs;
    this.classes = classes;
    this.layers = this.#stack.forms;
    this.parameters = this.#stack.parameters.count;
  }

  initialize(random: Random, options: InitializeOptions = {}): void {
    const { initialization = "uniform", dropout } = options;
    this.#stack.parameters.initialize(random, initialization);
    this.#dropout = dropout;
    this.#forget();
  }

  load(parameters: Parameters): void {
    this.#stack.parameters.load(parameters);
    this.#forget();
  }

  save(): Promise<Parameters> {
    return this.#stack.parameters.save();
  }

  async trainEpoch(options: TrainEpochOptions | StreamEpochOptions): Promise<EpochResult> {
    const { batchSize, optimizer, values, rateFactor = () => 1, regularization = {} } = options;
    const n = "source" in options
      ? options.windows.reduce((sum, { rows }) => sum + rows.length, 0)
      : options.rows.length;
    this.#stack.checkTraining(n, batchSize, this.#dropout);
    this.#stack.checkFeatures(options);
    const training = this.#resume(optimizer);
    const space = new Workspace(this.#core, this.#stack.layers, Math.min(batchSize, n), "train");
    const loss = new Loss(this.#core, options.loss, options.mixUp);
    const arrays = this.#updated(training);
    try {
      const losses = new Float32Array(n);
      let correct = 0, done = 0;
      const before = training.steps;
      const parts = "source" in options
        ? streamWindows(this.#core, options, options.windows, batchSize)
        : [options];
      for await (const part of parts) {
        let passes: ForwardPass[] = [];
        const { steps } = training;
        const first = steps - before;
        const updates = new Updates(this.#core, arrays, {
          optimizer,
          values,
          regularization,
          rateFactor: (batch) => rateFactor(first + batch),
          steps,
        });
        const size = part.rows?.length ?? part.features.shape[0];
        const mixUp = options.mixUp && partOf(options.mixUp, done, size, first);
        try {
          const result = await inBatches(
            this.#core,
            part,
            { batchSize, classes: this.classes, mixUp },
            (batch) => passes = this.#forward(batch, space, steps),
            (batch) => {
              loss.of(batch, first);
              this.#stack.backward(batch, space, passes);
              updates.apply(batch);
            },
          );
          losses.set(result.losses, done);
          correct = mixUp
            ? countMixed(result, mixUp, batchSize, correct)
            : correct + countEqual(result.predicted, result.labels);
          done += result.losses.length;
          training.steps += Math.ceil(result.losses.length / batchSize);
          if (done === n) this.#squares = await updates.squares();
        } finally {
          updates.dispose();
        }
      }
      const bad = losses.findIndex((loss) => !Number.isFinite(loss));
      return {
        loss: mean(losses),
        accuracy: correct / n,
        steps: Math.ceil(n / batchSize),
        samples: n,
        multiplyAdds: this.multiplyAdds(n, "train"),
        ...(bad >= 0 ? { divergedAt: Math.floor(bad / batchSize) + 1 } : {}),
      };
    } finally {
      loss.dispose();
      space.dispose();
    }
  }

  /** What an update needs of each trained array. */
  #updated({ states }: Training): UpdatedArray[] {
    return this.#stack.parameters.trained.map(({ tensor, gradient, spec, layer }, i) => ({
      parameters: tensor,
      gradient,
      slots: states[i],
      isWeight: spec.start.kind === "weight",
      isLast: layer === this.layers.length - 1,
    }));
  }

  async saveTraining(): Promise<TrainingState> {
    const { states = [], steps = 0 } = this.#training ?? {};
    const slots: TrainingState["slots"] = {};
    for (const [i, { name }] of this.#stack.parameters.trained.entries()) {
      slots[name] = await Promise.all(
        (states[i] ?? []).map((slot) => this.#core.download(slot)),
      );
    }
    return { parameters: await this.save(), steps, slots };
  }

  loadTraining({ parameters, steps, slots }: TrainingState, optimizer: Optimizer): void {
    this.load(parameters);
    const training = this.#resume(optimizer);
    this.#stack.parameters.trained.forEach(({ name }, i) => {
      const wanted = training.states[i];
      const given = slots[name] ?? [];
      if (given.length !== wanted.length) {
        throw new RangeError(
          `Cannot go on with ${this.name} as ${optimizer.name} has ${wanted.length} arrays of ` +
            `state for ${name}: current number is ${given.length}`,
        );
      }
      wanted.forEach((slot, j) => this.#core.write(slot, given[j], { name: `state of ${name}` }));
    });
    training.steps = steps;
  }

  async gradient(
    samples: Samples,
    of: TrainingLoss = {},
  ): Promise<{ loss: number; accuracy: number; gradients: Parameters }> {
    this.#stack.checkFeatures(samples);
    const n = samples.rows?.length ?? samples.features.shape[0];
    const space = new Workspace(this.#core, this.#stack.layers, n, "train");
    const loss = new Loss(this.#core, of);
    try {
      let passes: ForwardPass[] = [];
      const { losses, predicted, labels } = await inBatches(
        this.#core,
        samples,
        { batchSize: n, classes: this.classes },
        (batch) => passes = this.#forward(batch, space, 0),
        (batch) => {
          loss.of(batch, 0);
          this.#stack.backward(batch, space, passes);
        },
      );
      const accuracy = countEqual(predicted, labels) / n;
      const gradients = await this.#stack.parameters.gradients();
      return { loss: mean(losses), accuracy, gradients };
    } finally {
      loss.dispose();
      space.dispose();
    }
  }

  gradientNorms(): Record<string, number> {
    const squares: Record<string, number> = {};
    this.#stack.parameters.trained.forEach(({ layer }, i) => {
      if (i >= this.#squares.length) return;
      const name = this.#stack.nameOf(layer);
      squares[name] = (squares[name] ?? 0) + this.#squares[i];
    });
    return Object.fromEntries(
      Object.entries(squares).map(([name, sum]) => [name, Math.sqrt(sum)]),
    );
  }

  deadUnits(samples: Samples | StreamedSamples): Promise<DeadUnits[]> {
    return countDeadUnits(this.#core, this.#stack, samples, this.classes);
  }

  async evaluate(samples: Samples | StreamedSamples): Promise<Evaluation> {
    const { losses, predicted, labels } = await this.#run(samples, false);
    const correct = countEqual(predicted, labels);
    return {
      classLosses: meanByClass(losses, labels, this.classes),
      loss: mean(losses),
      accuracy: correct / labels.length,
      correct,
      samples: labels.length,
      multiplyAdds: this.multiplyAdds(labels.length, "evaluate"),
    };
  }

  async predict(samples: Samples | StreamedSamples): Promise<Prediction> {
    const { losses, predicted, probabilities } = await this.#run(samples, true);
    return { probabilities, predicted, losses };
  }

  multiplyAdds(samples: number, pass: "evaluate" | "train"): number {
    return multiplyAdds(this.#stack.layers, samples, pass);
  }

  dispose(): void {
    this.#forget();
    this.#stack.dispose();
  }

  #run(samples: Samples | StreamedSamples, probabilities: boolean) {
    return readAnswers(this.#core, this.#stack, samples, { classes: this.classes, probabilities });
  }

  /** A batch's forward pass in training. */
  #forward(batch: Batch, space: Workspace, steps: number): ForwardPass[] {
    return this.#stack.forward(batch, space, { mode: "train", steps, dropout: this.#dropout });
  }

  #resume(optimizer: Optimizer): Training {
    if (this.#training?.optimizer !== optimizer) {
      this.#forget();
      const states = this.#stack.parameters.trained.map(({ tensor }) =>
        optimizer.init(this.#core, tensor)
      );
      this.#training = { optimizer, states, steps: 0 };
    }
    return this.#training!;
  }

  #forget(): void {
    for (const tensor of this.#training?.states.flat() ?? []) this.#core.free(tensor);
    this.#training = undefined;
    this.#squares = [];
  }
}

/** Mean loss of each class's samples; NaN of a class without. */
function meanByClass(losses: Float32Array, labels: Int32Array, classes: number): Float64Array {
  const [sums, counts] = [new Float64Array(classes), new Float64Array(classes)];
  losses.forEach((loss, i) => {
    sums[labels[i]] += loss;
    counts[labels[i]]++;
  });
  return sums.map((sum, label) => sum / counts[label]);
}

function countEqual(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) count++;
  return count;
}
