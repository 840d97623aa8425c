/**
 * The `evaluate` stage: every model on its test images, and all models against each other.
 *
 * @module
 */
import { type AnyStep, defineStage, type StepUse } from "../../pipeline/stage.ts";
import { checkTopK } from "./check_top_k.ts";
import compare from "./compare.ts";
import curvesStep from "./curves.ts";
import { checkExplained } from "./check_explained.ts";
import importanceStep from "./importance.ts";
import neighboursStep from "./neighbours.ts";
import occlusionStep from "./occlusion.ts";
import model from "./model.ts";
import { evaluateSection } from "./section.ts";
import validationStep from "./validation.ts";
import { valueNames } from "./values.ts";

export default defineStage({
  name: "evaluate",
  section: evaluateSection,
  steps({ bootstrap, alpha, power, ...section }, { models }) {
    const { curves, validation, importance, occlusion, neighbours, ...settings } = section;
    const { topK } = settings;
    checkTopK(topK, models);
    checkExplained({ importance, occlusion, curves }, models);
    // Params are plain JSON: what is not asked for is missing, not undefined.
    const told = topK === undefined ? {} : { topK };
    const named = models.map(({ name, replicates }) => ({ name, replicates: [...replicates] }));
    return [
      { step: model, params: { bootstrap, ...settings } },
      ...(curves === undefined ? [] : [{ step: curvesStep, params: {} }]),
      ...asked(validationStep, validation ? {} : undefined),
      ...asked(importanceStep, importance),
      ...asked(occlusionStep, occlusion),
      ...asked(neighboursStep, neighbours),
      { step: compare, params: { models: named, bootstrap, alpha, power, ...told } },
    ];
  },
  values: (_, facts) => valueNames(facts),
});

/** A step that runs where its params are given. */
function asked(step: AnyStep, params: object | undefined): StepUse[] {
  return params === undefined ? [] : [{ step, params }];
}
