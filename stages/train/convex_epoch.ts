/**
 * A training by L-BFGS, an iteration an epoch.
 *
 * @module
 */
import { ConvexFit } from "../../core/nn/fit_convex.ts";
import type { StreamedSamples } from "../../core/nn/feature_source.ts";
import type { EpochResult, Head, Samples } from "../../core/nn/head.ts";
import type { LbfgsState } from "../../core/optim/lbfgs_step.ts";
import type { FitOptions } from "./fit_options.ts";

/** L-BFGS on the training images, which the head's core holds. */
export function convexFit(
  head: Head,
  train: Samples | StreamedSamples,
  { hyperparameters, regularization, loss }: FitOptions,
): ConvexFit {
  if ("source" in train) {
    throw new TypeError(
      "Cannot train by lbfgs as it takes all samples at once, these are streamed",
    );
  }
  const { memory, learningRate, weightDecay } = hyperparameters;
  return new ConvexFit(head, { memory, firstLength: learningRate }, {
    samples: train,
    weightDecay,
    penalizeBiases: regularization.penalizeBiases ?? true,
    loss,
  });
}

/** One iteration as an epoch: each evaluation of the loss is a step on all samples. */
export async function convexEpoch(
  head: Head,
  fit: ConvexFit,
  n: number,
  pairs: LbfgsState["pairs"] | undefined,
): Promise<{ trained: EpochResult; slope: number; stuck: boolean }> {
  const { loss, accuracy, evaluations, slope, stuck } = await fit.step(pairs);
  const trained: EpochResult = {
    loss,
    accuracy,
    steps: evaluations,
    samples: evaluations * n,
    multiplyAdds: evaluations * head.multiplyAdds(n, "train"),
    ...(Number.isFinite(loss) ? {} : { divergedAt: evaluations }),
  };
  return { trained, slope, stuck };
}
