import { loadFitted } from "../../core/fitted/load.ts";
import type { FittedArrays, FittedPrediction } from "../../core/fitted/fitted_head.ts";
import type { FittedDescription } from "../../core/fitted/registry.ts";
import type { Parameters } from "../../core/nn/head.ts";
import { createHead, type HeadDescription } from "../../core/nn/registry.ts";
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
import { getTensor, type Tensor } from "../../data/formats/tensor.ts";

/** Arrays of a file by name. */
type TensorFile = ReadonlyMap<string, Tensor>;

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
  { head: name, headOptions }: TrainingSummary,
  weights: TensorFile,
  samples: EmbeddedSamples,
  rows: Int32Array<ArrayBuffer>,
): Promise<FittedPrediction> {
  const head = createHead(core, { name, ...headOptions } as HeadDescription, sizesOf(samples));
  head.load(readParameters(weights));
  return head.predict(streamRows(samples, rows, WINDOW));
}

function readParameters(weights: TensorFile): Parameters {
  return Object.fromEntries([...weights].map(([name, { shape }]) => {
    const { data } = getTensor(weights, name, "F32", shape);
    return [name, { shape, data: Float32Array.from(data) }];
  }));
}

async function answerFitted(
  core: Core,
  { head: name, headOptions }: FittedSummary,
  weights: TensorFile,
  samples: EmbeddedSamples,
  rows: Int32Array<ArrayBuffer>,
): Promise<FittedPrediction> {
  const k = samples.classes.length;
  const description = { name, ...headOptions } as FittedDescription;
  const sizes = { dimension: samples.dimension, classes: k };
  const head = loadFitted(core, description, readArrays(weights), sizes);
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

function readArrays(weights: TensorFile): FittedArrays {
  return Object.fromEntries([...weights].map(([name, { dtype, shape }]) => {
    if (dtype === "I32") {
      const { data } = getTensor(weights, name, "I32", shape);
      return [name, { dtype, shape, data: Int32Array.from(data) }];
    }
    const { data } = getTensor(weights, name, "F32", shape);
    return [name, { dtype: "F32", shape, data: Float32Array.from(data) }];
  }));
}
