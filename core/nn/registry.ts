import type { Core } from "../ops.ts";
import { type CnnOptions, createCnn } from "./cnn.ts";
import type { Head } from "./head.ts";
import { createMlp, type MlpOptions } from "./mlp.ts";
import type { HeadSizes } from "./sizes.ts";
import { createSoftmaxRegression } from "./softmax_regression.ts";
import { createTransfer } from "./transfer.ts";

export type { HeadSizes };

/** Every head by name: a new one is a file beside this one, and a line here. */
export const HEADS = {
  softmax: createSoftmaxRegression,
  mlp: createMlp,
  cnn: createCnn,
  transfer: createTransfer,
} satisfies Record<string, (core: Core, sizes: HeadSizes) => Head>;

/** Name of a head. */
export type HeadName = keyof typeof HEADS;

/** A head as plain data: its name and its options, without its sizes. */
export type HeadDescription =
  | { name: "softmax" }
  | ({ name: "mlp" } & MlpOptions)
  | ({ name: "cnn" } & CnnOptions)
  | { name: "transfer" };

/**
 * A head by its description.
 *
 * @throws {RangeError} if the head cannot be made with these options and sizes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * const core = createReferenceCore();
 * const head = createHead(core, { name: "mlp", hidden: [8] }, { inputs: 4, classes: 3 });
 * assert.equal(head.parameters, 4 * 8 + 8 + 8 * 3 + 3);
 * ```
 */
export function createHead(core: Core, description: HeadDescription, sizes: HeadSizes): Head {
  const { name, ...options } = description;
  return HEADS[name](core, { ...sizes, ...options });
}
