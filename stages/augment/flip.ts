import { z } from "zod";
import { rearrange } from "./rearrange.ts";
import { defineTransform } from "./transform.ts";

/** Mirrors left and right, top and bottom, or both, each with probability ½. */
export default defineTransform({
  name: "flip",
  range: z.enum(["horizontal", "vertical", "both"])
    .describe("Mirror left and right, top and bottom, or both, each with probability 1/2."),
  apply(image, axis, random) {
    const acrossX = random.integer(2) === 1 && axis !== "vertical";
    const acrossY = random.integer(2) === 1 && axis !== "horizontal";
    const { height, width } = image;
    return rearrange(
      image,
      (y, x) => [acrossY ? height - 1 - y : y, acrossX ? width - 1 - x : x],
    );
  },
});
