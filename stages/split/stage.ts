/**
 * The `split` stage: which images are for training, for validation and for testing.
 *
 * @module
 */
import { defineStage } from "../../pipeline/stage.ts";
import assign from "./assign.ts";
import { checkFolds } from "./check_folds.ts";
import { SplitParams } from "./params.ts";

export default defineStage({
  name: "split",
  section: SplitParams.prefault({}),
  steps(section, { models }) {
    checkFolds(section, models);
    return [{ step: assign, params: section }];
  },
});
