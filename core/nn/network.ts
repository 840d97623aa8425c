import { formatShape, sizeOf } from "../handle.ts";
import type { Core, FloatTensor, Shape } from "../ops.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Random } from "../random/stream.ts";
import { type Batch, inBatches, type InBatchesResult, joinResults } from "./batches.ts";
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
} from "./head.ts";
import type { StreamedSamples } from "./feature_source.ts";
import { initialValues } from "./initialization.ts";
import type { Extent, ForwardPass, Layer, Mode, ParameterSpec } from "./layers/layer.ts";
import { channelsFirst, channelsLast } from "./layers/layout.ts";
import { mean } from "./mean.ts";
import { countMixed, partOf } from "./mixed.ts";
import type { TrainingLoss } from "./regularization.ts";
import { Loss } from "./loss.ts";
import { type RowWindow, rowWindows } from "./row_windows.ts";
import { streamWindows } from "./stream_windows.ts";
import { type UpdatedArray, Updates } from "./updates.ts";
import { elementsPerSample, firstTrained, type PlacedLayer, Workspace } from "./workspace.ts";

/** Options for {@linkcode createNetwork}. */
export interface NetworkOptions {
  /** As study files spell the head: `mlp`. */
  name: string;
  /** Shape of one sample: `[d]`, or `[height, width, channels]` of what lies in the rows. */
  inputs: Shape;
  /** The last one computes the logits, one for each class. */
  layers: readonly Layer[];
  /** Number of classes k. */
  classes: number;
}

/** Most rows that {@linkcode Head.evaluate} and {@linkcode Head.predict} take at a time. */
const CHUNK = 256;

/** Most elements that they hold for it: 64 MiB. */
const CHUNK_ELEMENTS = 1 << 24;

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
 * import { createReferenceCore } from "../reference/core.ts";
 * import { activation } from "./layers/activation.ts";
 * import { dense } from "./layers/dense.ts";
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

/** A layer with its arrays. */
interface NetworkLayer extends PlacedLayer {
  readonly name: string;
  readonly parameters: Readonly<Record<string, FloatTensor>>;
  readonly gradients: Readonly<Record<string, FloatTensor>>;
}

/** One array that is saved. */
interface SavedArray {
  /** Its name in the whole network. */
  name: string;
  spec: ParameterSpec;
  tensor: FloatTensor;
  /** Of one that is trained. */
  gradient?: FloatTensor;
  /** Place of its layer. */
  layer: number;
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
  readonly #layers: readonly NetworkLayer[];
  readonly #saved: readonly SavedArray[];
  readonly #trained: readonly Required<SavedArray>[];
  #training: Training | undefined;
  #dropout: Random | undefined;

  constructor(core: Core, { name, inputs, layers, classes }: NetworkOptions) {
    this.name = name;
    this.#core = core;
    this.inputs = inputs;
    this.classes = classes;
    const placed = place(name, inputs, layers, classes);
    const saved: SavedArray[] = [];
    this.#layers = placed.map(({ input, shaped }, i) => {
      const parameters: Record<string, FloatTensor> = {};
      const gradients: Record<string, FloatTensor> = {};
      for (const spec of shaped.parameters) {
        const shape = spec.held ?? spec.shape;
        const tensor = parameters[spec.name] = core.tensor(shape);
        if (spec.trained) gradients[spec.name] = core.tensor(shape);
        const name = nameIn(layers, i, spec);
        saved.push({ name, spec, tensor, gradient: gradients[spec.name], layer: i });
      }
      return { name: layers[i].name, input, shaped, parameters, gradients };
    });
    this.layers = placed.map(({ shaped }, i) => ({
      form: layers[i].form,
      arrays: Object.fromEntries(
        shaped.parameters.map((spec) => [spec.name, nameIn(layers, i, spec)]),
      ),
    }));
    this.#saved = saved;
    this.#trained = saved.filter((array): array is Required<SavedArray> => array.spec.trained);
    this.parameters = this.#trained.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0);
  }

  initialize(random: Random, options: InitializeOptions = {}): void {
    const { initialization = "uniform", dropout } = options;
    for (const array of this.#saved) {
      this.#put(array, initialValues(array.spec, initialization, random));
    }
    this.#dropout = dropout;
    this.#forget();
  }

  load(parameters: Parameters): void {
    const unknown = Object.keys(parameters).find((name) =>
      this.#saved.every((array) => array.name !== name)
    );
    if (unknown !== undefined) {
      throw new RangeError(
        `Cannot load ${this.name} as it has no ${unknown}: it has ${
          this.#saved.map(({ name }) => name).join(", ")
        }`,
      );
    }
    for (const { name, spec } of this.#saved) {
      const given = parameters[name];
      const wanted = formatShape(spec.shape);
      if (given !== undefined && formatShape(given.shape) === wanted) continue;
      throw new RangeError(
        `Cannot load ${this.name} as it needs ${name} ${wanted}: current shape is ${
          given ? formatShape(given.shape) : "none, it is missing"
        }`,
      );
    }
    for (const array of this.#saved) this.#put(array, parameters[array.name].data);
    this.#forget();
  }

  async save(): Promise<Parameters> {
    const parameters: Parameters = {};
    for (const { name, spec, tensor } of this.#saved) {
      const held = await this.#core.download(tensor);
      const data = spec.image ? channelsFirst(held, spec.image) : held;
      parameters[name] = { shape: spec.shape, data };
    }
    return parameters;
  }

  /** Gives an array its values, in the order in which they are saved. */
  #put({ name, spec, tensor }: SavedArray, data: Float32Array): void {
    this.#core.write(tensor, spec.image ? channelsLast(data, spec.image) : data, { name });
  }

  async trainEpoch(options: TrainEpochOptions | StreamEpochOptions): Promise<EpochResult> {
    const { batchSize, optimizer, values, rateFactor = () => 1, regularization = {} } = options;
    const n = "source" in options
      ? options.windows.reduce((sum, { rows }) => sum + rows.length, 0)
      : options.rows.length;
    this.#checkTraining(options, n);
    const training = this.#resume(optimizer);
    const space = new Workspace(this.#core, this.#layers, Math.min(batchSize, n), "train");
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
        const updates = new Updates(this.#core, {
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
            (batch) => passes = this.#forward(batch, space, "train", steps),
            (batch) => {
              loss.of(batch, first);
              this.#backward(batch, space, passes);
              updates.apply(batch, arrays);
            },
          );
          losses.set(result.losses, done);
          correct = mixUp
            ? countMixed(result, mixUp, batchSize, correct)
            : correct + countEqual(result.predicted, result.labels);
          done += result.losses.length;
          training.steps += Math.ceil(result.losses.length / batchSize);
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
    return this.#trained.map(({ tensor, gradient, spec, layer }, i) => ({
      parameters: tensor,
      gradient,
      slots: states[i],
      isWeight: spec.start.kind === "weight",
      isLast: layer === this.#layers.length - 1,
    }));
  }

  async saveTraining(): Promise<TrainingState> {
    const { states = [], steps = 0 } = this.#training ?? {};
    const slots: TrainingState["slots"] = {};
    for (const [i, { name }] of this.#trained.entries()) {
      slots[name] = await Promise.all(
        (states[i] ?? []).map((slot) => this.#core.download(slot)),
      );
    }
    return { parameters: await this.save(), steps, slots };
  }

  loadTraining({ parameters, steps, slots }: TrainingState, optimizer: Optimizer): void {
    this.load(parameters);
    const training = this.#resume(optimizer);
    this.#trained.forEach(({ name }, i) => {
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
    this.#checkFeatures(samples);
    const n = samples.rows?.length ?? samples.features.shape[0];
    const space = new Workspace(this.#core, this.#layers, n, "train");
    const loss = new Loss(this.#core, of);
    try {
      let passes: ForwardPass[] = [];
      const { losses, predicted, labels } = await inBatches(
        this.#core,
        samples,
        { batchSize: n, classes: this.classes },
        (batch) => passes = this.#forward(batch, space, "train", 0),
        (batch) => {
          loss.of(batch, 0);
          this.#backward(batch, space, passes);
        },
      );
      const gradients: Parameters = {};
      for (const { name, spec, gradient } of this.#trained) {
        const held = await this.#core.download(gradient);
        const data = spec.image ? channelsFirst(held, spec.image) : held;
        gradients[name] = { shape: spec.shape, data };
      }
      const accuracy = countEqual(predicted, labels) / n;
      return { loss: mean(losses), accuracy, gradients };
    } finally {
      loss.dispose();
      space.dispose();
    }
  }

  async gradientNorms(): Promise<Record<string, number>> {
    if (!this.#training || this.#training.steps === 0) return {};
    const squares: Record<string, number> = {};
    for (const { gradient, layer } of this.#trained) {
      const name = `${layer} (${this.#layers[layer].name})`;
      let sum = squares[name] ?? 0;
      for (const g of await this.#core.download(gradient)) sum += g * g;
      squares[name] = sum;
    }
    return Object.fromEntries(
      Object.entries(squares).map(([name, sum]) => [name, Math.sqrt(sum)]),
    );
  }

  async deadUnits(samples: Samples | StreamedSamples): Promise<DeadUnits[]> {
    const core = this.#core;
    const dying = this.#layers.flatMap(({ shaped }, layer) => shaped.mayDie ? [layer] : []);
    if (dying.length === 0) return [];
    const unitsOf = (layer: number) => this.#layers[layer].shaped.output.shape.at(-1)!;
    const alive = dying.map((layer) => new Uint8Array(unitsOf(layer)));
    const { batchSize, parts, space } = this.#readings(samples);
    try {
      for await (const part of parts) {
        const n = part.rows?.length ?? part.features.shape[0];
        const batches = Math.ceil(n / batchSize);
        const sums = dying.map((layer) => core.tensor([batches, unitsOf(layer)]));
        try {
          let passes: ForwardPass[] = [];
          await inBatches(
            core,
            part,
            { batchSize, classes: this.classes },
            (batch) => passes = this.#forward(batch, space, "evaluate", 0),
            (batch) => {
              // Sums of what is not negative: zero where all of it is.
              dying.forEach((layer, i) => {
                const { output: reached } = passes[layer];
                const units = unitsOf(layer);
                const input = core.reshape(reached, [sizeOf(reached.shape) / units, units]);
                const output = core.reshape(batch.window(sums[i]), [units]);
                core.columnSums({ input, output });
              });
            },
          );
          for (const [i, tensor] of sums.entries()) {
            (await core.download(tensor)).forEach((sum, at) => {
              if (sum !== 0) alive[i][at % alive[i].length] = 1;
            });
          }
        } finally {
          for (const tensor of sums) core.free(tensor);
        }
      }
    } finally {
      space.dispose();
    }
    return dying.map((layer, i) => ({
      layer,
      units: alive[i].length,
      dead: alive[i].reduce((count, own) => count + 1 - own, 0),
    }));
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
    const first = firstTrained(this.#layers);
    return this.#layers.reduce((sum, { shaped }, i) => {
      const products = pass === "evaluate" || i < first ? 1 : i === first ? 2 : 3;
      return sum + samples * products * shaped.multiplyAdds;
    }, 0);
  }

  dispose(): void {
    this.#forget();
    for (const { tensor, gradient } of this.#saved) {
      this.#core.free(tensor);
      if (gradient) this.#core.free(gradient);
    }
  }

  async #run(samples: Samples | StreamedSamples, probabilities: boolean): Promise<InBatchesResult> {
    const { batchSize, parts, space } = this.#readings(samples);
    try {
      const results: InBatchesResult[] = [];
      for await (const part of parts) {
        results.push(
          await inBatches(
            this.#core,
            part,
            { batchSize, classes: this.classes, probabilities },
            (batch) => this.#forward(batch, space, "evaluate", 0),
            ({ logits, labels, losses }) =>
              this.#core.softmaxCrossEntropy({ logits, labels, losses }),
          ),
        );
      }
      return joinResults(results);
    } finally {
      space.dispose();
    }
  }

  /** Samples as they are read without training, and room for their passes. */
  #readings(samples: Samples | StreamedSamples) {
    this.#checkFeatures(samples);
    const most = Math.floor(CHUNK_ELEMENTS / elementsPerSample(this.#layers));
    const batchSize = Math.min(CHUNK, Math.max(1, most));
    // A batch's size leaves no trace here, so that none needs to reach into the next window.
    const parts = "source" in samples
      ? streamWindows(this.#core, samples, windowsOf(samples), 1)
      : [samples];
    const space = new Workspace(this.#core, this.#layers, batchSize, "evaluate");
    return { batchSize, parts, space };
  }

  /** Computes the logits of a batch; what each layer was given. */
  #forward(batch: Batch, space: Workspace, mode: Mode, steps: number): ForwardPass[] {
    const core = this.#core;
    const [m] = batch.features.shape;
    let value = core.reshape(batch.features, [m, ...this.inputs]);
    return this.#layers.map(({ shaped, parameters }, i) => {
      const input = value;
      if (shaped.passesOn(mode)) value = core.reshape(input, [m, ...shaped.output.shape]);
      else value = space.output(i, m) ?? batch.logits;
      const pass: ForwardPass = {
        mode,
        input,
        output: value,
        parameters,
        arrays: space.arrays(i, m),
        mask: (rate) => {
          const { key } = this.#dropout!.sub(i);
          return batch.rule((step) => ({ kind: "dropout", rate, key, step: steps + step + 1 }));
        },
      };
      if (!shaped.passesOn(mode)) shaped.forward(core, pass);
      return pass;
    });
  }

  /** Computes the gradients of the parameters, from that by the logits, which took their place. */
  #backward(batch: Batch, space: Workspace, passes: readonly ForwardPass[]): void {
    const core = this.#core;
    const first = firstTrained(this.#layers);
    let outputGradient = batch.logits;
    for (let i = this.#layers.length - 1; i >= first; i--) {
      const { shaped, gradients } = this.#layers[i];
      const pass = passes[i];
      const [m] = pass.input.shape;
      const inPlace = () => core.reshape(outputGradient, pass.input.shape);
      const inputGradient = i === first ? undefined : space.gradient(i, m) ?? inPlace();
      if (!shaped.passesOn("train")) {
        shaped.backward(core, { ...pass, outputGradient, inputGradient, gradients });
      }
      outputGradient = inputGradient ?? outputGradient;
    }
  }

  #checkFeatures(samples: Samples | StreamedSamples): void {
    const d = sizeOf(this.inputs);
    const shape = "source" in samples
      ? [samples.source.rows, samples.source.dimension]
      : samples.features.shape;
    if (shape.length === 2 && shape[1] === d) return;
    throw new RangeError(
      `Cannot compute ${this.name} as features must have shape [n, ${d}]: current shape is ${
        formatShape(shape)
      }`,
    );
  }

  #checkTraining(options: TrainEpochOptions | StreamEpochOptions, n: number): void {
    const { batchSize } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(
        `Cannot train as the batch size must be an integer from 1 up: current value is ${batchSize}`,
      );
    }
    this.#checkFeatures(options);
    if (n === 0) throw new RangeError("Cannot compute on samples as there is none");
    const least = Math.min(n, batchSize, n % batchSize || batchSize);
    this.#layers.forEach(({ name, input, shaped }, i) => {
      if (least < shaped.leastSamples) {
        throw new RangeError(
          `Cannot train ${this.name} as its layer ${i} (${name} of ${
            formatShape(input.shape)
          }) needs at least ${shaped.leastSamples} samples a batch: ${n} samples in batches of ` +
            `${batchSize} leave one of ${least}, so choose another batch size`,
        );
      }
      if (shaped.drops && !this.#dropout) {
        throw new TypeError(
          `Cannot train ${this.name} as its layer ${i} (${name}) has nothing to draw by: give ` +
            `\`dropout\` to initialize()`,
        );
      }
    });
  }

  #resume(optimizer: Optimizer): Training {
    if (this.#training?.optimizer !== optimizer) {
      this.#forget();
      const states = this.#trained.map(({ tensor }) => optimizer.init(this.#core, tensor));
      this.#training = { optimizer, states, steps: 0 };
    }
    return this.#training!;
  }

  #forget(): void {
    for (const tensor of this.#training?.states.flat() ?? []) this.#core.free(tensor);
    this.#training = undefined;
  }
}

/** Name of a layer's array in the whole network. */
function nameIn(layers: readonly Layer[], i: number, { name }: ParameterSpec): string {
  return layers.length > 1 ? `${i}.${name}` : name;
}

/** Gives each layer what the one before it gives. */
function place(
  name: string,
  inputs: Shape,
  layers: readonly Layer[],
  classes: number,
): PlacedLayer[] {
  let extent: Extent = { shape: inputs };
  const placed = layers.map((layer, i) => {
    const input = extent;
    try {
      const shaped = layer.shaped(input);
      extent = shaped.output;
      return { input, shaped };
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new RangeError(
        `Cannot create ${name} as layer ${i} (${layer.name}) does not fit inputs ${
          formatShape(input.shape)
        }: ${cause.message}`,
        { cause },
      );
    }
  });
  const last = placed.at(-1);
  // The gradient of the losses takes the place of the logits, which such a layer would still need.
  if (!last || last.shaped.inPlace || formatShape(extent.shape) !== `[${classes}]`) {
    throw new RangeError(
      `Cannot create ${name} as its last layer must compute logits [${classes}]: current output is ${
        last ? `${formatShape(extent.shape)} of ${layers.at(-1)!.name}` : "none, it has no layer"
      }`,
    );
  }
  return placed;
}

/** All windows of samples that are not shuffled. */
function windowsOf({ source, rows, layout }: StreamedSamples): RowWindow[] {
  const all = rows ?? Int32Array.from({ length: source.rows }, (_, i) => i);
  return rowWindows(all, layout);
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
