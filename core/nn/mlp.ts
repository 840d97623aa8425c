import type { Core } from "../ops.ts";
import { denseBlocks, type HiddenOptions } from "./blocks.ts";
import type { Head } from "./head.ts";
import { createNetwork } from "./network/network.ts";
import { checkSizes, type HeadSizes } from "./sizes.ts";

/** Options for {@linkcode createMlp}, besides its sizes. */
export interface MlpOptions extends HiddenOptions {
  /** Widths of the hidden layers, first to last. Default: `[128]`. */
  hidden?: readonly number[];
}

/**
 * A multi-layer perceptron: dense layers, behind each hidden one batch normalisation where it is
 * asked for, an activation, and dropout where its rate is not 0.
 *
 * @throws {RangeError} if a number is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * const core = createReferenceCore();
 * const head = createMlp(core, { inputs: 784, classes: 10, hidden: [512, 256], batchNorm: true });
 * assert.equal(head.parameters, 784 * 512 + 3 * 512 + 512 * 256 + 3 * 256 + 256 * 10 + 10);
 * ```
 */
export function createMlp(core: Core, options: HeadSizes & MlpOptions): Head {
  const { inputs, classes, hidden = [128] } = options;
  checkSizes("mlp", options);
  return createNetwork(core, {
    name: "mlp",
    inputs: [inputs],
    layers: denseBlocks(hidden, classes, options),
    classes,
  });
}
