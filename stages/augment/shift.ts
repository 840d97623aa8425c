import { z } from "zod";
import { rearrange } from "./rearrange.ts";
import { defineTransform } from "./transform.ts";

/** Shifts by whole pixels, uniformly up to a number of them each way; what is uncovered is black. */
export default defineTransform({
  name: "shift",
  range: z.int().min(1).describe("Shift by up to so many pixels right or left, up or down."),
  apply(image, most, random) {
    if (most >= image.width || most >= image.height) {
      throw new RangeError(
        `Cannot shift images by up to ${most} pixels as they must stay in sight: ` +
          `current size is ${image.width}×${image.height}`,
      );
    }
    const right = random.integer(2 * most + 1) - most;
    const down = random.integer(2 * most + 1) - most;
    return rearrange(image, (y, x) => [y - down, x - right]);
  },
});
