/**
 * A stage to copy: the section `count` of a study counts the images of each class.
 *
 * To make your own: copy this folder, rename what says "count", and add the stage to the list in
 * `pipeline/cli/stages.ts`, after the stages that write what it reads. Nothing else lists stages.
 *
 * @module
 */
import { defineStage } from "../../pipeline/stage.ts";
import classes, { CountParams } from "./classes.ts";

export default defineStage({
  // The section's name in the study file.
  name: "count",
  // What the section may hold. Without a section in the study, this one is read from `undefined`.
  section: CountParams.optional(),
  // The steps to run, in order; none where the study does not ask for any.
  steps: (section) => section === undefined ? [] : [{ step: classes, params: section }],
});
