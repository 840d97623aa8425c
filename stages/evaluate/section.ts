import { z } from "zod";

/** How bootstrap intervals are made. */
export const bootstrapSection = z.strictObject({
  samples: z.int().min(100).max(100_000).default(2000)
    .describe("Resamples of the test images, in [100, 100000]."),
  confidence: z.number().min(0.5).max(0.999).default(0.95)
    .describe("Share of the resamples within an interval, in [0.5, 0.999]."),
  seed: z.int().min(0).default(1).describe("Seed of the resamples."),
});

/** The section `evaluate`. */
export const evaluateSection = z.strictObject({
  bootstrap: bootstrapSection.prefault({}).describe("Intervals over test images."),
  alpha: z.number().gt(0).max(0.5).default(0.05)
    .describe("Level of the tests between models, after Holm's correction, in (0, 0.5]."),
  power: z.number().min(0.5).max(0.999).default(0.8)
    .describe("Power that the smallest detectable difference is stated for, in [0.5, 0.999]."),
});
