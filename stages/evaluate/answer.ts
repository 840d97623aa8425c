import type { FittedPrediction } from "../../core/fitted/fitted_head.ts";
import type { Core } from "../../core/ops.ts";
import {
  type FittedSummary,
  type HeadSummary,
  isFitted,
  type TrainingSummary,
} from "../../data/artifacts/summary.ts";
import {
  type EmbeddedSamples,
  readChunks,
  sizesOf,
  streamRows,
} from "../../data/embedded_samples.ts";
import { loadFittedHead, loadHead, type TensorFile } from "./load_head.ts";

/** Bytes of embeddings that are held at once; answers do not depend on it. */
const WINDOW = 64 << 20;

/**
 * A head's answers to some images, in order.
 *
 * @param weights As its training or fit saved them.
 * @param rows Ascending.
 * @throws {RangeError} if the weights are not those of the head.
 */
export async function answer(
  core: Core,
  summary: HeadSummary,
  weights: TensorFile,
  samples: EmbeddedSamples,
  rows: Int32Array<ArrayBuffer>,
): Promise<FittedPrediction> {
  return isFitted(summary)
    ? await answerFitted(core, summary, weights, samples, rows)
    : await answerTrained(core, summary, weights, samples, rows);
}

function answerTrained(
  core: Core,
  training: TrainingSummary,
  weights: TensorFile,
  samples: EmbeddedSamples,
  rows: Int32Array<ArrayBuffer>,
): Promise<FittedPrediction> {
  const head = loadHead(core, training, weights, sizesOf(samples));
  return head.predict(streamRows(samples, rows, WINDOW));
}

async function answerFitted(
  core: Core,
  summary: FittedSummary,
  weights: TensorFile,
  samples: EmbeddedSamples,
  rows: Int32Array<ArrayBuffer>,
): Promise<FittedPrediction> {
  const k = samples.classes.length;
  const head = loadFittedHead(core, summary, weights, {
    dimension: samples.dimension,
    classes: k,
  });
  const all: FittedPrediction = {
    probabilities: new Float32Array(rows.length * k),
    predicted: new Int32Array(rows.length),
  };
  for await (const { at, count, values } of readChunks(samples, rows)) {
    const { probabilities, predicted } = await head.predict(values, count);
    all.probabilities.set(probabilities, at * k);
    all.predicted.set(predicted, at);
  }
  return all;
}
