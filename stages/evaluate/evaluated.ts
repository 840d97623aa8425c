import type { Answers } from "../../core/metrics/answers.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";

/** One replicate of a model on its test images. */
export interface EvaluatedReplicate {
  /** Label: `seed=1`. */
  label: string;
  /** Ids of the test images, in the order of the answers. */
  ids: readonly string[];
  answers: Answers;
  metrics: Metrics;
}

/** A model with its replicates, in the study's order. */
export interface EvaluatedModel {
  name: string;
  /** Number of candidates that it was chosen from. */
  tries: number;
  replicates: readonly EvaluatedReplicate[];
}
