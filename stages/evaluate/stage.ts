/**
 * The `evaluate` stage: every model on its test images, and all models against each other.
 *
 * @module
 */
import { defineStage } from "../../pipeline/stage.ts";
import { checkTopK } from "./check_top_k.ts";
import compare from "./compare.ts";
import { checkExplained } from "./check_explained.ts";
import importanceStep from "./importance.ts";
import model from "./model.ts";
import { evaluateSection } from "./section.ts";
import { valueNames } from "./values.ts";

export default defineStage({
  name: "evaluate",
  section: evaluateSection,
  steps({ bootstrap, alpha, power, importance, ...settings }, { models }) {
    const { topK } = settings;
    checkTopK(topK, models);
    checkExplained({ importance }, models);
    // Params are plain JSON: what is not asked for is missing, not undefined.
    const asked = topK === undefined ? {} : { topK };
    const named = models.map(({ name, replicates }) => ({ name, replicates: [...replicates] }));
    return [
      { step: model, params: { bootstrap, ...settings } },
      ...(importance === undefined ? [] : [{ step: importanceStep, params: importance }]),
      { step: compare, params: { models: named, bootstrap, alpha, power, ...asked } },
    ];
  },
  values: (_, facts) => valueNames(facts),
});
