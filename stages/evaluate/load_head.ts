import type { Head, Parameters } from "../../core/nn/head.ts";
import { createHead, type HeadDescription, type HeadSizes } from "../../core/nn/registry.ts";
import type { Core } from "../../core/ops.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { getTensor } from "../../data/formats/tensor.ts";

/**
 * A trained head on a core.
 *
 * @param training What tells how the head is made.
 * @param weights Bytes of the artifact `weights`.
 * @throws {RangeError} if the weights are not those of such a head.
 */
export function loadHead(
  core: Core,
  training: Pick<TrainingSummary, "head" | "headOptions">,
  weights: Uint8Array<ArrayBuffer>,
  sizes: HeadSizes,
): Head {
  const description = { name: training.head, ...training.headOptions } as HeadDescription;
  const head = createHead(core, description, sizes);
  head.load(readParameters(weights));
  return head;
}

function readParameters(bytes: Uint8Array<ArrayBuffer>): Parameters {
  const tensors = decodeSafetensors(bytes, "weights");
  return Object.fromEntries([...tensors].map(([name, { shape }]) => {
    const { data } = getTensor(tensors, name, "F32", shape);
    return [name, { shape, data: Float32Array.from(data) }];
  }));
}
