import type { Parameters } from "../core/nn/head.ts";
import { decodeSafetensors } from "./formats/safetensors.ts";
import { getTensor } from "./formats/tensor.ts";

/**
 * Reads the `weights` port: a head's parameters, to be given to `Head.load`.
 *
 * @throws {SyntaxError} if the file is damaged.
 * @throws {TypeError} if an array is not F32.
 */
export function readWeights(bytes: Uint8Array<ArrayBuffer>): Parameters {
  const tensors = decodeSafetensors(bytes, "weights");
  return Object.fromEntries([...tensors].map(([name, { shape }]) => {
    const { data } = getTensor(tensors, name, "F32", shape);
    return [name, { shape, data: Float32Array.from(data) }];
  }));
}
