/**
 * Heads as training left them, on a core again.
 *
 * @module
 */
import type { FittedHead } from "../../core/fitted/fitted_head.ts";
import { type FittedSizes, loadFitted } from "../../core/fitted/load.ts";
import type { FittedDescription } from "../../core/fitted/registry.ts";
import type { Head } from "../../core/nn/head.ts";
import { createHead, type HeadDescription, type HeadSizes } from "../../core/nn/registry.ts";
import type { Core } from "../../core/ops.ts";
import type { FittedSummary, TrainingSummary } from "../../data/artifacts/summary.ts";
import type { Tensor } from "../../data/formats/tensor.ts";
import { fittedArraysOf, parametersOf } from "../../data/weights.ts";

/** Arrays of a file by name. */
export type TensorFile = ReadonlyMap<string, Tensor>;

/**
 * A trained head on a core.
 *
 * @param training What tells how the head is made.
 * @param weights The artifact `weights`.
 * @throws {RangeError} if the weights are not those of such a head.
 */
export function loadHead(
  core: Core,
  training: Pick<TrainingSummary, "head" | "headOptions">,
  weights: TensorFile,
  sizes: HeadSizes,
): Head {
  const description = { name: training.head, ...training.headOptions } as HeadDescription;
  const head = createHead(core, description, sizes);
  head.load(parametersOf(weights));
  return head;
}

/** A head that was fitted in one go, as {@linkcode loadHead} does a trained one. */
export function loadFittedHead(
  core: Core,
  { head: name, headOptions }: Pick<FittedSummary, "head" | "headOptions">,
  weights: TensorFile,
  sizes: FittedSizes,
): FittedHead {
  const description = { name, ...headOptions } as FittedDescription;
  return loadFitted(core, description, fittedArraysOf(weights), sizes);
}
