import { z } from "zod";
import flip from "./flip.ts";
import quarterTurn from "./quarter_turn.ts";
import rotation from "./rotation.ts";
import shift from "./shift.ts";

/** Params of `augment.apply`, and the section of the study file. */
export const AugmentParams = z.strictObject({
  copies: z.int().min(0).max(100).default(1)
    .describe("Changed copies of each image, in addition to the image itself."),
  validation: z.boolean().default(false)
    .describe("Copy validation images too; test images are never copied."),
  flip: flip.range.optional(),
  quarterTurns: quarterTurn.range.optional(),
  shift: shift.range.optional(),
  rotation: rotation.range.optional(),
  seed: z.int().min(0).default(1).describe("Seed of the changes."),
});

/** Params of `augment.apply`. */
export type AugmentParams = z.output<typeof AugmentParams>;
