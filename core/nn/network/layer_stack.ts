import { formatShape, sizeOf } from "../../handle.ts";
import type { Core, FloatTensor, Shape } from "../../ops.ts";
import type { Random } from "../../random/stream.ts";
import type { StreamedSamples } from "../feature_source.ts";
import type { HeadLayer, Samples } from "../head.ts";
import type { ForwardPass, Layer, Mode, ParameterSpec } from "../layers/layer.ts";
import type { Batch } from "./batches.ts";
import { type ParameterArray, ParameterArrays } from "./parameter_arrays.ts";
import {
  firstTrained,
  type PlacedLayer,
  placeLayers,
  type PlaceLayersOptions,
} from "./place_layers.ts";
import type { Workspace } from "./workspace.ts";

/** A layer with its arrays. */
export interface StackedLayer extends PlacedLayer {
  readonly name: string;
  readonly parameters: Readonly<Record<string, FloatTensor>>;
  readonly gradients: Readonly<Record<string, FloatTensor>>;
}

/** How batches are taken through the layers. */
export interface ForwardOptions {
  mode: Mode;
  /** Steps of the training before the first batch: dropout draws by them. */
  steps: number;
  /** What dropout draws by, layer by layer. */
  dropout?: Random;
}

/** Layers one after the other with their arrays, and the passes over them. */
export class LayerStack {
  /** Name of the head, for messages. */
  readonly name: string;
  readonly inputs: Shape;
  readonly layers: readonly StackedLayer[];
  readonly parameters: ParameterArrays;
  /** The layers as plain data. */
  readonly forms: readonly HeadLayer[];
  readonly #core: Core;

  /** @throws {RangeError} if a layer does not fit what the one before it gives, with both. */
  constructor(core: Core, options: PlaceLayersOptions) {
    const { name, inputs, layers } = options;
    this.#core = core;
    this.name = name;
    this.inputs = inputs;
    const placed = placeLayers(options);
    const arrays: ParameterArray[] = [];
    this.layers = placed.map(({ input, shaped }, layer) => {
      const parameters: Record<string, FloatTensor> = {};
      const gradients: Record<string, FloatTensor> = {};
      for (const spec of shaped.parameters) {
        const shape = spec.held ?? spec.shape;
        const tensor = parameters[spec.name] = core.tensor(shape);
        if (spec.trained) gradients[spec.name] = core.tensor(shape);
        const name = nameIn(layers, layer, spec);
        arrays.push({ name, spec, tensor, gradient: gradients[spec.name], layer });
      }
      return { name: layers[layer].name, input, shaped, parameters, gradients };
    });
    this.parameters = new ParameterArrays(core, arrays, name);
    this.forms = placed.map(({ shaped }, i) => ({
      form: layers[i].form,
      arrays: Object.fromEntries(
        shaped.parameters.map((spec) => [spec.name, nameIn(layers, i, spec)]),
      ),
    }));
  }

  /** A layer's place and name, as histories call it: `2 (dense 10)`. */
  nameOf(layer: number): string {
    return `${layer} (${this.layers[layer].name})`;
  }

  /** Names the operations that compute the logits of a batch; what each layer was given. */
  forward(batch: Batch, space: Workspace, { mode, steps, dropout }: ForwardOptions): ForwardPass[] {
    const core = this.#core;
    const [m] = batch.features.shape;
    let value = core.reshape(batch.features, [m, ...this.inputs]);
    return this.layers.map(({ shaped, parameters }, i) => {
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
          const { key } = dropout!.sub(i);
          return batch.rule((step) => ({ kind: "dropout", rate, key, step: steps + step + 1 }));
        },
      };
      if (!shaped.passesOn(mode)) shaped.forward(core, pass);
      return pass;
    });
  }

  /**
   * Names the operations that compute the gradients of the parameters, from that by the logits, which
   * took their place.
   */
  backward(batch: Batch, space: Workspace, passes: readonly ForwardPass[]): void {
    const core = this.#core;
    const first = firstTrained(this.layers);
    let outputGradient = batch.logits;
    for (let i = this.layers.length - 1; i >= first; i--) {
      const { shaped, gradients } = this.layers[i];
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

  /** @throws {RangeError} if samples are not what the first layer takes. */
  checkFeatures(samples: Samples | StreamedSamples): void {
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

  /**
   * @param n Samples of an epoch.
   * @throws {RangeError} if there is none, or a batch has fewer than a layer can be trained on.
   * @throws {TypeError} if a layer drops, and there is nothing to draw by.
   */
  checkTraining(n: number, batchSize: number, dropout: Random | undefined): void {
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new RangeError(
        `Cannot train as the batch size must be an integer from 1 up: current value is ${batchSize}`,
      );
    }
    if (n === 0) throw new RangeError("Cannot compute on samples as there is none");
    const least = Math.min(n, batchSize, n % batchSize || batchSize);
    this.layers.forEach(({ name, input, shaped }, i) => {
      if (least < shaped.leastSamples) {
        throw new RangeError(
          `Cannot train ${this.name} as its layer ${i} (${name} of ${
            formatShape(input.shape)
          }) needs at least ${shaped.leastSamples} samples a batch: ${n} samples in batches of ` +
            `${batchSize} leave one of ${least}, so choose another batch size`,
        );
      }
      if (shaped.drops && !dropout) {
        throw new TypeError(
          `Cannot train ${this.name} as its layer ${i} (${name}) has nothing to draw by: give ` +
            `\`dropout\` to initialize()`,
        );
      }
    });
  }

  dispose(): void {
    this.parameters.dispose();
  }
}

/** Name of a layer's array in the whole network. */
function nameIn(layers: readonly Layer[], i: number, { name }: ParameterSpec): string {
  return layers.length > 1 ? `${i}.${name}` : name;
}
