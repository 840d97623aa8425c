/**
 * `evaluate.occlusion`: which parts of some test images a trained model's answers hang on (Zeiler &
 * Fergus, *Visualizing and understanding convolutional networks*, ECCV 2014).
 *
 * @module
 */
import { createCore } from "../../core/create_core.ts";
import type { Embedder } from "../../core/features/embedder.ts";
import { createEmbedder } from "../../core/features/registry.ts";
import { occludedImages, patchPlaces } from "../../core/interpret/occlusion.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import type { EmbedReport } from "../../data/artifacts/embed_report.ts";
import type { OccludedImage, Occlusion } from "../../data/artifacts/occlusion.ts";
import type { HeadSummary } from "../../data/artifacts/summary.ts";
import { EMBEDDED_INPUTS, openEmbeddedSamples } from "../../data/embedded_inputs.ts";
import { type EmbeddedSamples, readRows } from "../../data/embedded_samples.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { type Images, readImages } from "../../data/images.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { ANSWER_COLUMNS, chooseImages } from "./choose_images.ts";
import { openPredictor } from "./predict_features.ts";
import { occlusionSection } from "./section.ts";

export default defineStep({
  name: "evaluate.occlusion",
  module: import.meta.url,
  scope: "replicate",
  params: occlusionSection,
  inputs: {
    ...EMBEDDED_INPUTS,
    images: { format: "safetensors" },
    weights: { format: "safetensors" },
    embedReport: { format: "json" },
    predictions: { format: "csv" },
    summary: { format: "json" },
  },
  outputs: { occlusion: { format: "json" } },
  assets: () => [...coreAssets],
  resources: { memoryMiB: 700, parallel: true },
  profiled: true,
  async run({ params, inputs, outputs, asset, threads, profile, progress, note, device }) {
    const images = readImages(await inputs.images.bytes());
    using samples = await openEmbeddedSamples(inputs);
    const report = await inputs.embedReport.json<EmbedReport>();
    const embedder = createEmbedder(report.params, images);
    const training = await inputs.summary.json<HeadSummary>();
    const answers = await parseCsv(await inputs.predictions.text(), ANSWER_COLUMNS, "predictions");
    const chosen = [
      ...chooseImages(answers, "right", params.images),
      ...chooseImages(answers, "wrong", params.images),
    ];
    const { dimension, shape } = embedder;
    const classes = samples.classes.length;
    const places = patchPlaces(images, params);
    const fill = params.fill === "mean"
      ? meanOfTraining(images, samples)
      : Array.from({ length: images.channels }, () => params.fill as number);

    using core = await createCore({ profile, read: asset, threads, note, onDevice: device });
    const sizes = { inputs: dimension, classes, image: shape };
    const variants = 1 + places.tops.length * places.lefts.length;
    const labels = new Int32Array(variants);
    const weights = await inputs.weights.bytes();
    const predictor = openPredictor(core, training, weights, labels, sizes);
    const features = new Float32Array(variants * dimension);
    const size = images.height * images.width * images.channels;
    const explained: OccludedImage[] = [];
    for (const { id, label, predicted } of chosen) {
      const row = samples.ids.indexOf(id);
      const pixels = images.pixels.subarray(row * size, (row + 1) * size);
      let at = 0;
      for (const image of [pixels, ...occludedImages(pixels, images, places, fill)]) {
        embedder.extract(image, features.subarray(at, at += dimension));
      }
      await checkEmbedding(embedder, samples, row, features);
      const { probabilities } = await predictor.predict(features);
      const of = (name: string) => {
        const index = samples.classes.indexOf(name);
        return (variant: number) => probabilities[variant * classes + index];
      };
      const [ofLabel, ofPredicted] = [of(label), of(predicted)];
      const falls = (probability: (variant: number) => number) =>
        places.tops.map((_, i) =>
          places.lefts.map((_, j) => probability(0) - probability(1 + i * places.lefts.length + j))
        );
      explained.push({
        id,
        label,
        predicted,
        probabilityLabel: ofLabel(0),
        probabilityPredicted: ofPredicted(0),
        labelFalls: falls(ofLabel),
        predictedFalls: falls(ofPredicted),
      });
      await progress(explained.length, chosen.length, "images");
    }
    const { height, width } = images;
    const { stride } = params;
    const occlusion: Occlusion = { height, width, ...places, stride, fill, images: explained };
    await outputs.occlusion.json(occlusion);
  },
});

/** Mean of each channel over the training images, rounded to a value that a pixel can have. */
function meanOfTraining(images: Images, { partition }: EmbeddedSamples): number[] {
  const { height, width, channels, pixels } = images;
  const sums = new Float64Array(channels);
  let count = 0;
  partition.forEach((name, i) => {
    if (name !== "train") return;
    const from = i * height * width * channels;
    for (let at = 0; at < height * width * channels; at++) sums[at % channels] += pixels[from + at];
    count += height * width;
  });
  return Array.from(sums, (sum) => count === 0 ? 0 : Math.round(sum / count));
}

/** What is embedded here must be what the model was trained on. */
async function checkEmbedding(
  { dimension }: Embedder,
  samples: EmbeddedSamples,
  row: number,
  features: Float32Array,
): Promise<void> {
  const own = await readRows(samples, Int32Array.of(row));
  const wrong = own.findIndex((value, j) => value !== features[j]);
  if (own.length === dimension && wrong < 0) return;
  throw new RangeError(
    `Cannot embed image ${JSON.stringify(samples.ids[row])} anew as its embedding has other ` +
      `values: ${own.length} of them, embedded anew ${dimension}, the first difference at ${wrong}`,
  );
}
