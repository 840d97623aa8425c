/**
 * `train.fitByClass`: the training with a weight decay for each class. It is what its model keeps.
 *
 * @module
 */
import { defineStep } from "../../pipeline/stage.ts";
import fitRefined from "./fit_refined.ts";

export default defineStep({
  ...fitRefined,
  name: "train.fitByClass",
  module: import.meta.url,
  scope: "replicate",
});
