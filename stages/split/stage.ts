/**
 * The `split` stage: which images are for training, for validation and for testing.
 *
 * @module
 */
import { isPublished } from "../../data/is_published.ts";
import { defineStage } from "../../pipeline/stage.ts";
import assign from "./assign.ts";
import { checkFolds } from "./check_folds.ts";
import { checkGroups } from "./check_groups.ts";
import { SplitParams, SplitSection } from "./params.ts";

export default defineStage({
  name: "split",
  section: SplitSection.prefault({}),
  steps(section, { models }) {
    const isAsked = section.ratios !== undefined || section.folds !== undefined;
    const hasTestSet = models.every(({ sections }) => isPublished(sections.data));
    const published = section.published ?? (!isAsked && hasTestSet);
    const params = SplitParams.parse({ ...section, published });
    checkFolds(params, models);
    checkGroups(params, models);
    return [{ step: assign, params }];
  },
});
