/**
 * What a layer is: a pure description of its shapes, its arrays and the operations on them. It holds
 * nothing; a network gives it the arrays (`core/nn/network/network.ts`).
 *
 * @module
 */
import type { Core, FloatTensor, Shape } from "../../ops.ts";
import type { DropoutMask } from "../../random/dropout_mask.ts";
import type { Window } from "../../window.ts";
import type { Activation } from "../activations.ts";

/** Layers such as dropout and batch normalisation compute otherwise in training. */
export type Mode = "train" | "evaluate";

/** What a layer takes or gives of one sample. */
export interface Extent {
  /** `[d]`, or `[height, width, channels]` of an image. */
  readonly shape: Shape;
  /** Of numbers `[d]` that were an image: its shape before it was flattened. */
  readonly image?: Shape;
}

/** How an array of parameters starts: drawn by the head's initialisation, or a constant. */
export type Start =
  | { kind: "weight"; fanIn: number; fanOut: number }
  | { kind: "bias"; fanIn: number }
  | { kind: "constant"; value: number };

/** An array of parameters, or of what is saved with them. */
export interface ParameterSpec {
  /** PyTorch's name within the layer: `weight`. */
  readonly name: string;
  /** As it is saved: PyTorch's layout. */
  readonly shape: Shape;
  /** As a core holds it. Default: the same. */
  readonly held?: Shape;
  /**
   * `[height, width, channels]` that each row is, as a core holds it; as saved, channels come
   * first. Default: rows are no images.
   */
  readonly image?: Shape;
  readonly start: Start;
  /** Whether an optimiser updates it; running statistics are only saved. */
  readonly trained: boolean;
}

/** An array that a layer needs besides its input and output. */
export interface ArraySpec {
  /** Within the layer: `patches`. */
  readonly name: string;
  /** Of one sample, or of the whole batch. */
  readonly shape: Shape;
  readonly each: "sample" | "batch";
}

/** What a layer is given in the forward pass of m samples. */
export interface ForwardPass {
  readonly mode: Mode;
  /** `[m, …input]`. */
  readonly input: FloatTensor;
  /** `[m, …output]`, to be written. */
  readonly output: FloatTensor;
  readonly parameters: Readonly<Record<string, FloatTensor>>;
  /** `[m, …]` where each sample has its own, else as they are. */
  readonly arrays: Readonly<Record<string, FloatTensor>>;
  /** This step's dropout in this layer; the same in the backward pass. */
  mask(rate: number): DropoutMask;
}

/** What a layer is given in the backward pass, always of a training. */
export interface BackwardPass extends ForwardPass {
  /** `[m, …output]`. */
  readonly outputGradient: FloatTensor;
  /** `[m, …input]`, to be written; none where nothing that is trained lies before. */
  readonly inputGradient?: FloatTensor;
  /** Of each trained array, to be written. */
  readonly gradients: Readonly<Record<string, FloatTensor>>;
}

/** A layer on inputs of a known shape. */
export interface ShapedLayer {
  readonly output: Extent;
  readonly parameters: readonly ParameterSpec[];
  readonly arrays: readonly ArraySpec[];
  /**
   * Multiply-adds of one sample's matrix products in the forward pass; the gradient by the weights
   * takes as many, and so does that by the input. Elementwise work is not counted.
   */
  readonly multiplyAdds: number;
  /** Least number of samples of a training batch. */
  readonly leastSamples: number;
  /** Whether it takes masks from {@linkcode ForwardPass.mask} in training. */
  readonly drops: boolean;
  /** Whether a unit may be zero for all samples, and then learns no more. */
  readonly mayDie: boolean;
  /** Whether the gradient by the input may overwrite that by the output. */
  readonly inPlace: boolean;
  /** Whether the output is the input's array: then neither pass is asked for. */
  passesOn(mode: Mode): boolean;
  /** Names the operations of the forward pass, and does nothing else; see `Core.repeat`. */
  forward(core: Core, pass: ForwardPass): void;
  /** As {@linkcode ShapedLayer.forward}, of the backward pass. */
  backward(core: Core, pass: BackwardPass): void;
}

/**
 * What a layer computes in evaluation, as plain data: besides its parameters, all that a program
 * elsewhere must be told to compute the same.
 */
export type LayerForm =
  | { readonly kind: "dense" }
  | { readonly kind: "convolution"; readonly window: Window }
  | { readonly kind: "maxPooling"; readonly window: Window }
  | { readonly kind: "averagePooling"; readonly window: Window }
  | { readonly kind: "batchNormalization"; readonly epsilon: number }
  | { readonly kind: "flatten" }
  | { readonly kind: "dropout"; readonly rate: number }
  | Activation;

/** A layer, before it is known what it is given. */
export interface Layer {
  /** For messages: `dense 512`. */
  readonly name: string;
  readonly form: LayerForm;
  /** @throws {RangeError} if it does not take such inputs, with what it takes. */
  shaped(input: Extent): ShapedLayer;
}

/** A layer that states only in what it differs: no parameters, no arrays, no products. */
export function shapedLayer(
  given: Pick<ShapedLayer, "output" | "forward" | "backward"> & Partial<ShapedLayer>,
): ShapedLayer {
  return {
    parameters: [],
    arrays: [],
    multiplyAdds: 0,
    leastSamples: 1,
    drops: false,
    mayDie: false,
    inPlace: false,
    passesOn: () => false,
    ...given,
  };
}
