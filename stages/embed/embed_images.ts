import type { Embedder } from "../../core/features/embedder.ts";
import type { EmbedReport } from "../../data/artifacts/embed_report.ts";
import { tellFeatureShape } from "../../data/feature_shape.ts";
import { allocateSafetensors } from "../../data/formats/safetensors.ts";
import { type Images, readImages } from "../../data/images.ts";
import type { InputHandle, OutputHandle, StepContext } from "../../pipeline/stage.ts";

/** Ports of every step that embeds images. */
export const EMBED_PORTS = {
  inputs: { images: { format: "safetensors" } },
  outputs: { embeddings: { format: "safetensors" }, embedReport: { format: "json" } },
} as const;

/** What of a step's context is used here. */
interface EmbedContext {
  params: { method: string };
  inputs: { images: InputHandle };
  outputs: { embeddings: OutputHandle; embedReport: OutputHandle };
  progress: StepContext["progress"];
}

const BETWEEN_PROGRESS = 500;

/**
 * Embeds every image and writes features and report. Features are written in place into the file
 * to come, so that memory holds them once.
 *
 * @param embedder Makes the method ready for these images.
 */
export async function embedImages(
  { params, inputs, outputs, progress }: EmbedContext,
  embedder: (images: Images) => Embedder,
): Promise<void> {
  const images = readImages(await inputs.images.bytes());
  const method = embedder(images);
  const { dimension, shape } = method;
  const { bytes, tensors } = allocateSafetensors(
    { x: { dtype: "F32", shape: [images.count, dimension] } },
    shape && tellFeatureShape(shape),
  );
  const x = tensors.x.data;
  const size = images.height * images.width * images.channels;
  const alive = new Uint8Array(dimension);
  let norms = 0;
  for (let i = 0; i < images.count; i++) {
    const features = x.subarray(i * dimension, (i + 1) * dimension);
    method.extract(images.pixels.subarray(i * size, (i + 1) * size), features);
    let squares = 0;
    for (let j = 0; j < dimension; j++) {
      const value = features[j]!;
      if (value !== 0) alive[j] = 1;
      squares += value * value;
    }
    norms += Math.sqrt(squares);
    const done = i + 1;
    if (done % BETWEEN_PROGRESS === 0 || done === images.count) {
      await progress(done, images.count, "images");
    }
  }
  await outputs.embeddings.bytes(bytes);
  const report: EmbedReport = {
    method: params.method,
    dimension,
    images: images.count,
    params,
    deadFeatures: alive.reduce((sum, one) => sum - one, dimension),
    meanNorm: images.count === 0 ? 0 : norms / images.count,
  };
  await outputs.embedReport.json(report);
}
