import { sizeOf } from "../../handle.ts";
import type { Core, FloatTensor, Shape } from "../../ops.ts";
import type { Mode } from "../layers/layer.ts";
import { firstTrained, type PlacedLayer } from "./place_layers.ts";

/** Elements that a workspace holds for each sample. */
export function elementsPerSample(layers: readonly PlacedLayer[]): number {
  return layers.reduce((sum, { shaped }) => {
    const own = shaped.arrays.filter(({ each }) => each === "sample");
    return sum + sizeOf(shaped.output.shape) +
      own.reduce((all, { shape }) => all + sizeOf(shape), 0);
  }, 0);
}

/**
 * The arrays of a network's passes over batches of at most so many samples, made before the passes:
 * within {@linkcode Core.repeat} nothing is.
 */
export class Workspace {
  readonly #core: Core;
  readonly #held: FloatTensor[] = [];
  /** Output of each layer; none of one that passes its input on, nor of the last. */
  readonly #outputs: readonly (FloatTensor | undefined)[];
  readonly #arrays: readonly Readonly<Record<string, FloatTensor>>[];
  /** Gradient by each layer's input, where it takes an array of its own. */
  readonly #gradients: readonly (FloatTensor | undefined)[];
  readonly #layers: readonly PlacedLayer[];

  constructor(core: Core, layers: readonly PlacedLayer[], samples: number, mode: Mode) {
    this.#core = core;
    this.#layers = layers;
    const first = firstTrained(layers);
    try {
      this.#outputs = layers.map(({ shaped }, i) =>
        shaped.passesOn(mode) || i === layers.length - 1
          ? undefined
          : this.#hold([samples, ...shaped.output.shape])
      );
      this.#arrays = layers.map(({ shaped }) =>
        Object.fromEntries(shaped.arrays.map(({ name, shape, each }) => [
          name,
          this.#hold(each === "sample" ? [samples, ...shape] : shape),
        ]))
      );
      this.#gradients = layers.map(({ input, shaped }, i) =>
        mode === "evaluate" || i <= first || shaped.passesOn(mode) || shaped.inPlace
          ? undefined
          : this.#hold([samples, ...input.shape])
      );
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  #hold(shape: Shape): FloatTensor {
    const tensor = this.#core.tensor(shape);
    this.#held.push(tensor);
    return tensor;
  }

  /** Where a layer writes its output for m samples; `undefined` as in the constructor. */
  output(layer: number, m: number): FloatTensor | undefined {
    const tensor = this.#outputs[layer];
    return tensor && this.#core.rows(tensor, 0, m);
  }

  /** A layer's own arrays for m samples. */
  arrays(layer: number, m: number): Record<string, FloatTensor> {
    const own = this.#layers[layer].shaped.arrays;
    return Object.fromEntries(own.map(({ name, each }) => {
      const tensor = this.#arrays[layer][name];
      return [name, each === "sample" ? this.#core.rows(tensor, 0, m) : tensor];
    }));
  }

  /** Where a layer writes the gradient by its input, for m samples. */
  gradient(layer: number, m: number): FloatTensor | undefined {
    const tensor = this.#gradients[layer];
    return tensor && this.#core.rows(tensor, 0, m);
  }

  /** Gives the arrays back. */
  dispose(): void {
    for (const tensor of this.#held.splice(0)) this.#core.free(tensor);
  }
}
