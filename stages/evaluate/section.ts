import { z } from "zod";

/** How bootstrap intervals are made. */
export const bootstrapSection = z.strictObject({
  samples: z.int().min(100).max(100_000).default(2000)
    .describe("Resamples of the test images, in [100, 100000]."),
  confidence: z.number().min(0.5).max(0.999).default(0.95)
    .describe("Share of the resamples within an interval, in [0.5, 0.999]."),
  seed: z.int().min(0).default(1).describe("Seed of the resamples."),
});

/** What some metrics are told. */
export const settingsSection = z.strictObject({
  topK: z.int().min(1).optional().describe(
    "k of the top-k accuracy, from 1 to the number of classes; 5, or that number where it is less.",
  ),
  calibrationBins: z.int().min(1).max(1000).default(15)
    .describe("Bins of the reliability table, in [1, 1000]."),
});

/** What dimensions are permuted, and how often. */
export const importanceSection = z.strictObject({
  groups: z.union([z.enum(["cells", "dimensions"]), z.int().min(1)]).default("cells").describe(
    "What is permuted together: `cells`, the dimensions of each square of the image (a cell of HOG, " +
      "a square of pixels); `dimensions`, each by itself; or runs of so many neighbours.",
  ),
  cell: z.int().min(1).default(4)
    .describe("Side of the squares of pixels; HOG has cells of its own."),
  repeats: z.int().min(1).max(1000).default(5)
    .describe("Permutations, in [1, 1000]; all groups share them."),
  seed: z.int().min(0).default(1).describe("Seed of the permutations."),
});

/** Which images are covered, and by what. */
export const occlusionSection = z.strictObject({
  images: z.int().min(1).max(50).default(4).describe(
    "Images of each kind, in [1, 50]: right and wrong answers of highest probability, at most one " +
      "of each class.",
  ),
  patch: z.int().min(1).default(8).describe("Side of the square patch, in pixels."),
  stride: z.int().min(1).default(4).describe("Pixels from one place of the patch to the next."),
  fill: z.union([z.literal("mean"), z.int().min(0).max(255)]).default("mean").describe(
    "What covers the pixels: the mean of the training images, or a value in [0, 255].",
  ),
});

/** Which images' neighbours are looked for. */
export const neighboursSection = z.strictObject({
  images: z.int().min(1).max(50).default(8).describe(
    "Images, in [1, 50]: wrong answers of highest probability, at most one of each class.",
  ),
  count: z.int().min(1).max(50).default(5)
    .describe("Nearest training images of each, in [1, 50]."),
  distance: z.enum(["euclidean", "cosine"]).default("euclidean")
    .describe("Distance between embeddings."),
});

/** The section `evaluate`. */
export const evaluateSection = settingsSection.extend({
  bootstrap: bootstrapSection.prefault({}).describe("Intervals over test images."),
  alpha: z.number().min(1e-6).max(0.5).default(0.05)
    .describe("Level of the tests between models, after Holm's correction, in [0.000001, 0.5]."),
  power: z.number().min(0.5).max(0.999).default(0.8)
    .describe("Power that the smallest detectable difference is stated for, in [0.5, 0.999]."),
  curves: z.enum(["test"]).optional().describe(
    "A diagnostic: `test` trains each kept model once more, and draws its loss and accuracy on the " +
      "test images by epoch.",
  ),
  validation: z.boolean().default(false).describe(
    "Whether each class's log loss is taken on the validation images too, for swept numbers.",
  ),
  importance: importanceSection.optional().describe(
    "Permutation importance of the embedding's dimensions; computed where it is asked for.",
  ),
  occlusion: occlusionSection.optional().describe(
    "Occlusion maps of some test images; computed where they are asked for.",
  ),
  neighbours: neighboursSection.optional().describe(
    "Training images nearest to some errors; computed where they are asked for.",
  ),
});

/** Values of the section `evaluate`. */
export type EvaluateSection = z.output<typeof evaluateSection>;
