import type { Core } from "../ops.ts";
import type { Head } from "./head.ts";
import { createSoftmaxRegression } from "./softmax_regression.ts";

/** Sizes that every head is made by. */
export interface HeadSizes {
  /** Dimension of the embeddings. */
  inputs: number;
  /** Number of classes. */
  classes: number;
}

/** Every head by name: a new one is a file beside this one, and a line here. */
export const HEADS = {
  softmax: createSoftmaxRegression,
} satisfies Record<string, (core: Core, sizes: HeadSizes) => Head>;

/** Name of a head. */
export type HeadName = keyof typeof HEADS;
