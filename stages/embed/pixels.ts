/**
 * `embed.pixels`: the pixels themselves, from 0 to 1.
 *
 * @module
 */
import { z } from "zod";
import { PixelExtractor } from "../../core/features/pixels.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { EMBED_PORTS, embedImages } from "./embed_images.ts";

/** The section's form for `method: pixels`. */
export const PixelsParams = z.strictObject({
  method: z.literal("pixels").describe("The pixels themselves, divided by 255, row by row."),
});

export default defineStep({
  name: "embed.pixels",
  module: import.meta.url,
  scope: "replicate",
  params: PixelsParams,
  ...EMBED_PORTS,
  resources: { memoryMiB: 600 },
  run: (context) => embedImages(context, (images) => new PixelExtractor(images)),
});
