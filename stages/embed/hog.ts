/**
 * `embed.hog`: histograms of oriented gradients.
 *
 * @module
 */
import { z } from "zod";
import { HogExtractor } from "../../core/features/hog.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { EMBED_PORTS, embedImages } from "./embed_images.ts";

/** The section's form for `method: hog`. */
export const HogParams = z.strictObject({
  method: z.literal("hog").describe("Histograms of oriented gradients (Dalal & Triggs, 2005)."),
  orientations: z.int().min(2).max(90).default(9)
    .describe("Bins of the unsigned gradient directions."),
  cell: z.int().min(1).default(4).describe("Side of the square cells, in pixels."),
  block: z.int().min(1).default(2).describe("Side of the square blocks, in cells."),
});

export default defineStep({
  name: "embed.hog",
  module: import.meta.url,
  scope: "replicate",
  params: HogParams,
  ...EMBED_PORTS,
  resources: { memoryMiB: 900 },
  run: (context) =>
    embedImages(context, (images) => new HogExtractor({ ...images, ...context.params })),
});
