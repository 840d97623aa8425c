import { formatShape } from "../../handle.ts";
import type { Shape } from "../../ops.ts";
import type { Extent, Layer, ShapedLayer } from "../layers/layer.ts";

/** A layer with what it is given. */
export interface PlacedLayer {
  readonly input: Extent;
  readonly shaped: ShapedLayer;
}

/** Options for {@linkcode placeLayers}. */
export interface PlaceLayersOptions {
  /** Name of the head, for messages. */
  name: string;
  /** Shape of one sample: `[d]`, or `[height, width, channels]` of what lies in the rows. */
  inputs: Shape;
  /** The last one computes the logits, one for each class. */
  layers: readonly Layer[];
  /** Number of classes k. */
  classes: number;
}

/**
 * Gives each layer what the one before it gives.
 *
 * @throws {RangeError} if a layer does not fit what the one before it gives, with both; or the last
 * one does not compute logits `[k]` into an array of their own.
 */
export function placeLayers(
  { name, inputs, layers, classes }: PlaceLayersOptions,
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

/**
 * Which layer is the first that is trained: those before it have no backward pass, and it has no
 * gradient by its input. The number of layers where none is.
 */
export function firstTrained(layers: readonly PlacedLayer[]): number {
  const first = layers.findIndex(({ shaped }) => shaped.parameters.some(({ trained }) => trained));
  return first < 0 ? layers.length : first;
}

/** Multiply-adds of so many samples: forward alone, or with the gradients of the parameters. */
export function multiplyAdds(
  layers: readonly PlacedLayer[],
  samples: number,
  pass: "evaluate" | "train",
): number {
  const first = firstTrained(layers);
  return layers.reduce((sum, { shaped }, i) => {
    const products = pass === "evaluate" || i < first ? 1 : i === first ? 2 : 3;
    return sum + samples * products * shaped.multiplyAdds;
  }, 0);
}
