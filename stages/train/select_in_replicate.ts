/**
 * `train.selectInReplicate`: which of a model's candidates is kept in one replicate.
 *
 * Where replicates have splits of their own, as folds have, an image that one of them tests is an
 * image that another trains on or validates by: a choice by all replicates together would have seen
 * every test image. So each replicate chooses by the validation partition of its own split.
 *
 * @module
 */
import { defineStep } from "../../pipeline/stage.ts";
import select from "./select.ts";

export default defineStep({
  ...select,
  name: "train.selectInReplicate",
  module: import.meta.url,
  scope: "replicate",
});
