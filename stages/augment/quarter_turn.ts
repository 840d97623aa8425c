import { z } from "zod";
import { rearrange } from "./rearrange.ts";
import { defineTransform } from "./transform.ts";

/** Turns counterclockwise by 0, 90, 180 or 270 degrees, each with probability ¼. */
export default defineTransform({
  name: "quarterTurns",
  range: z.literal(true).describe("Turn by 0, 90, 180 or 270 degrees; for square images."),
  apply(image, _, random) {
    const { height, width } = image;
    if (height !== width) {
      throw new RangeError(
        `Cannot turn images by quarters as they must be square: current size is ${width}×${height}`,
      );
    }
    const last = width - 1;
    const turns = random.integer(4);
    if (turns === 0) return image.pixels.slice();
    if (turns === 1) return rearrange(image, (y, x) => [x, last - y]);
    if (turns === 2) return rearrange(image, (y, x) => [last - y, last - x]);
    return rearrange(image, (y, x) => [last - x, y]);
  },
});
