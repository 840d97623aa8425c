/**
 * A head as files that other programs run.
 *
 * @module
 */
import type { FittedDescription } from "../../core/fitted/registry.ts";
import { createHead, type HeadDescription } from "../../core/nn/registry.ts";
import { createReferenceCore } from "../../core/reference/core.ts";
import { isFitted, type TrainingSummary } from "../../data/artifacts/summary.ts";
import { encodeFittedFile } from "../../data/fitted_file.ts";
import { encodeOnnx, type OnnxModel } from "../../data/formats/onnx.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { fittedModel } from "../../data/onnx/fitted_model.ts";
import { headModel, type HeadModelOptions } from "../../data/onnx/head_model.ts";
import { fittedArraysOf, readWeights } from "../../data/weights.ts";
import { canonicalJson } from "../canonical.ts";
import type { EvaluatedModel } from "./evaluated_models.ts";
import type { TrainedHead } from "./trained_head.ts";

/** Files of a head by their extension. */
export interface HeadFiles {
  safetensors: Uint8Array<ArrayBuffer>;
  onnx: Uint8Array<ArrayBuffer>;
}

/**
 * The head of a model as `.safetensors` and as `.onnx`.
 *
 * @throws {RangeError} if the weights are not those of such a head.
 */
export async function headFiles(
  study: string,
  own: EvaluatedModel,
  trained: TrainedHead,
): Promise<HeadFiles> {
  const options = describe(study, own, trained);
  const { safetensors, model } = isFitted(trained.summary)
    ? ofFitted(trained, options)
    : ofTrained(trained, trained.summary, options);
  return { safetensors, onnx: await encodeOnnx(model) };
}

/** What both files of a head are made of. */
interface HeadContent {
  safetensors: Uint8Array<ArrayBuffer>;
  model: OnnxModel;
}

function ofTrained(
  { weights, sizes }: TrainedHead,
  summary: TrainingSummary,
  options: HeadModelOptions,
): HeadContent {
  const core = createReferenceCore();
  const description = { name: summary.head, ...summary.headOptions } as HeadDescription;
  const head = createHead(core, description, sizes);
  const parameters = readWeights(weights.bytes);
  head.load(parameters); // Refuses weights that are not of this head.
  return { safetensors: weights.bytes, model: headModel(head, parameters, options) };
}

function ofFitted(
  { weights, sizes: { inputs: dimension, classes }, summary }: TrainedHead,
  options: HeadModelOptions,
): HeadContent {
  const description = { name: summary.head, ...summary.headOptions } as FittedDescription;
  const arrays = fittedArraysOf(decodeSafetensors(weights.bytes, "weights"));
  const sizes = { dimension, classes };
  const model = fittedModel(description, arrays, sizes, options);
  return { safetensors: encodeFittedFile(description, arrays, sizes, model.metadata), model };
}

function describe(
  study: string,
  { model, replicate }: EvaluatedModel,
  { classes, weights, embedding, summary }: TrainedHead,
): HeadModelOptions {
  const made = isFitted(summary) ? "Fitted" : "Trained";
  return {
    name: `${study} ${model}`,
    description: `${made} head of model ${model} of study ${study}: embeddings to probabilities.`,
    classes: classes.names,
    metadata: {
      titles: JSON.stringify(classes.titles),
      study,
      model,
      replicate,
      head: canonicalJson({ name: summary.head, ...summary.headOptions }),
      embedding: canonicalJson({ step: embedding.step.name, params: embedding.params }),
      weights_sha256: weights.digest,
    },
  };
}
