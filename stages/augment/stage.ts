/**
 * The `augment` stage: changed copies of training images. Left out where the section is absent, or
 * asks for no transformation or no copies.
 *
 * @module
 */
import { defineStage } from "../../pipeline/stage.ts";
import apply from "./apply.ts";
import { askedFor } from "./change.ts";
import { AugmentParams } from "./params.ts";

export default defineStage({
  name: "augment",
  section: AugmentParams.prefault({}),
  outside: null,
  steps: (section) =>
    section.copies === 0 || askedFor(section).length === 0
      ? []
      : [{ step: apply, params: section }],
});
