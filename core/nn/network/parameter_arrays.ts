import { formatShape, sizeOf } from "../../handle.ts";
import type { Core, FloatTensor } from "../../ops.ts";
import type { Random } from "../../random/stream.ts";
import type { Parameters } from "../head.ts";
import { type Initialization, initialValues } from "../initialization.ts";
import type { ParameterSpec } from "../layers/layer.ts";
import { channelsFirst, channelsLast } from "../layers/layout.ts";

/** One array of parameters, or of what is saved with them. */
export interface ParameterArray {
  /** Its name in the whole network. */
  readonly name: string;
  readonly spec: ParameterSpec;
  readonly tensor: FloatTensor;
  /** Of one that is trained. */
  readonly gradient?: FloatTensor;
  /** Place of its layer. */
  readonly layer: number;
}

/** An array that an optimiser updates. */
export type TrainedArray = Required<ParameterArray>;

/**
 * The arrays of a network that are saved, in the order in which they are: how they start, how they
 * leave a core and how they come back.
 */
export class ParameterArrays {
  /** Those that an optimiser updates. */
  readonly trained: readonly TrainedArray[];
  /** Number of trained numbers. */
  readonly count: number;
  readonly #core: Core;
  readonly #arrays: readonly ParameterArray[];
  /** Name of the head, for messages. */
  readonly #head: string;

  constructor(core: Core, arrays: readonly ParameterArray[], head: string) {
    this.#core = core;
    this.#arrays = arrays;
    this.#head = head;
    this.trained = arrays.filter((array): array is TrainedArray => array.spec.trained);
    this.count = this.trained.reduce((sum, { spec }) => sum + sizeOf(spec.shape), 0);
  }

  /** Draws each array from the stream, one after the other. */
  initialize(random: Random, initialization: Initialization): void {
    for (const array of this.#arrays) {
      this.#put(array, initialValues(array.spec, initialization, random));
    }
  }

  /** @throws {RangeError} if an array is missing, unknown, or of another shape. */
  load(parameters: Parameters): void {
    const unknown = Object.keys(parameters).find((name) =>
      this.#arrays.every((array) => array.name !== name)
    );
    if (unknown !== undefined) {
      throw new RangeError(
        `Cannot load ${this.#head} as it has no ${unknown}: it has ${
          this.#arrays.map(({ name }) => name).join(", ")
        }`,
      );
    }
    for (const { name, spec } of this.#arrays) {
      const given = parameters[name];
      const wanted = formatShape(spec.shape);
      if (given !== undefined && formatShape(given.shape) === wanted) continue;
      throw new RangeError(
        `Cannot load ${this.#head} as it needs ${name} ${wanted}: current shape is ${
          given ? formatShape(given.shape) : "none, it is missing"
        }`,
      );
    }
    for (const array of this.#arrays) this.#put(array, parameters[array.name].data);
  }

  /** All arrays as they are now. */
  save(): Promise<Parameters> {
    return this.#download(this.#arrays.map(({ name, spec, tensor }) => ({ name, spec, tensor })));
  }

  /** The gradients of the last backward pass, in the layouts of {@linkcode ParameterArrays.save}. */
  gradients(): Promise<Parameters> {
    const arrays = this.trained.map(({ name, spec, gradient }) => ({
      name,
      spec,
      tensor: gradient,
    }));
    return this.#download(arrays);
  }

  async #download(
    arrays: readonly Pick<ParameterArray, "name" | "spec" | "tensor">[],
  ): Promise<Parameters> {
    const parameters: Parameters = {};
    for (const { name, spec, tensor } of arrays) {
      const held = await this.#core.download(tensor);
      const data = spec.image ? channelsFirst(held, spec.image) : held;
      parameters[name] = { shape: spec.shape, data };
    }
    return parameters;
  }

  /** Gives an array its values, in the order in which they are saved. */
  #put({ name, spec, tensor }: ParameterArray, data: Float32Array): void {
    this.#core.write(tensor, spec.image ? channelsLast(data, spec.image) : data, { name });
  }

  dispose(): void {
    for (const { tensor, gradient } of this.#arrays) {
      this.#core.free(tensor);
      if (gradient) this.#core.free(gradient);
    }
  }
}
