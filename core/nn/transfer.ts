import type { Core } from "../ops.ts";
import type { Head } from "./head.ts";
import { denseBlocks } from "./blocks.ts";
import { flatten } from "./layers/flatten.ts";
import { createNetwork } from "./network/network.ts";
import { checkSizes, type HeadSizes } from "./sizes.ts";

/**
 * The head that courses and tutorials put on a frozen backbone: flatten, a dense layer of 128 with
 * ReLU, dropout 0.5, and the logits.
 *
 * @throws {RangeError} unless inputs and classes are integers ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * const head = createTransfer(createReferenceCore(), { inputs: 2048, classes: 15 });
 * assert.equal(head.parameters, 2048 * 128 + 128 + 128 * 15 + 15);
 * ```
 */
export function createTransfer(core: Core, sizes: HeadSizes): Head {
  const { inputs, classes } = sizes;
  checkSizes("transfer", sizes);
  return createNetwork(core, {
    name: "transfer",
    inputs: [inputs],
    layers: [flatten(), ...denseBlocks([128], classes, { dropout: 0.5 })],
    classes,
  });
}
