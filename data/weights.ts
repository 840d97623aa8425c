import type { FittedArrays } from "../core/fitted/fitted_head.ts";
import type { Parameters } from "../core/nn/head.ts";
import { decodeSafetensors } from "./formats/safetensors.ts";
import { getTensor, type Tensor } from "./formats/tensor.ts";

/**
 * Reads the `weights` port: a head's parameters, to be given to `Head.load`.
 *
 * @throws {SyntaxError} if the file is damaged.
 * @throws {TypeError} if an array is not F32.
 */
export function readWeights(bytes: Uint8Array<ArrayBuffer>): Parameters {
  return parametersOf(decodeSafetensors(bytes, "weights"));
}

/** The same, of a file that was read. */
export function parametersOf(tensors: ReadonlyMap<string, Tensor>): Parameters {
  return Object.fromEntries([...tensors].map(([name, { shape }]) => {
    const { data } = getTensor(tensors, name, "F32", shape);
    return [name, { shape, data: Float32Array.from(data) }];
  }));
}

/**
 * The arrays of a head that is fitted in one go, of a file that was read.
 *
 * @throws {TypeError} if an array is neither I32 nor F32.
 */
export function fittedArraysOf(tensors: ReadonlyMap<string, Tensor>): FittedArrays {
  return Object.fromEntries([...tensors].map(([name, { dtype, shape }]) => {
    if (dtype === "I32") {
      const { data } = getTensor(tensors, name, "I32", shape);
      return [name, { dtype, shape, data: Int32Array.from(data) }];
    }
    const { data } = getTensor(tensors, name, "F32", shape);
    return [name, { dtype: "F32", shape, data: Float32Array.from(data) }];
  }));
}
