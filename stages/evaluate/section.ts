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

/** The section `evaluate`. */
export const evaluateSection = settingsSection.extend({
  bootstrap: bootstrapSection.prefault({}).describe("Intervals over test images."),
  alpha: z.number().gt(0).max(0.5).default(0.05)
    .describe("Level of the tests between models, after Holm's correction, in (0, 0.5]."),
  power: z.number().min(0.5).max(0.999).default(0.8)
    .describe("Power that the smallest detectable difference is stated for, in [0.5, 0.999]."),
});

/** Values of the section `evaluate`. */
export type EvaluateSection = z.output<typeof evaluateSection>;
