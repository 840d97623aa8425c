import type { Activation } from "./activations.ts";
import { activation } from "./layers/activation.ts";
import { batchNormalization } from "./layers/batch_normalization.ts";
import { dense } from "./layers/dense.ts";
import { dropout } from "./layers/dropout.ts";
import type { Layer } from "./layers/layer.ts";

/** What stands behind every hidden layer of a head. */
export interface HiddenOptions {
  /** Default: `{ kind: "relu" }`. */
  activation?: Activation;
  /** Whether what the activation is given is normalised over the batch. Default: false. */
  batchNorm?: boolean;
  /** Share that is dropped after the activation of dense layers, in [0, 1). Default: 0. */
  dropout?: number;
}

/** Batch normalisation, where it is asked for, and the activation: Ioffe & Szegedy's order. */
export function activated(layer: Layer, options: HiddenOptions): Layer[] {
  const { activation: kind = { kind: "relu" }, batchNorm = false } = options;
  return [layer, ...(batchNorm ? [batchNormalization()] : []), activation(kind)];
}

/** Hidden dense layers of these widths, each with what stands behind it, and the logits. */
export function denseBlocks(
  widths: readonly number[],
  classes: number,
  options: HiddenOptions,
): Layer[] {
  const rate = options.dropout ?? 0;
  const hidden = widths.flatMap((outputs) => [
    ...activated(dense({ outputs }), options),
    ...(rate > 0 ? [dropout({ rate })] : []),
  ]);
  return [...hidden, dense({ outputs: classes })];
}
