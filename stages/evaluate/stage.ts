/**
 * The `evaluate` stage: every model on its test images, and all models against each other.
 *
 * @module
 */
import {
  type AnyStep,
  defineStage,
  type ModelFacts,
  type StepUse,
  type StudyFacts,
} from "../../pipeline/stage.ts";
import { checkTopK } from "./check_top_k.ts";
import compare from "./compare.ts";
import curvesStep from "./curves.ts";
import { checkExplained } from "./check_explained.ts";
import importanceStep from "./importance.ts";
import neighboursStep from "./neighbours.ts";
import occlusionStep from "./occlusion.ts";
import model from "./model.ts";
import predictions from "./predictions.ts";
import { type EvaluateSection, evaluateSection, settingsSection } from "./section.ts";
import validationStep from "./validation.ts";
import { valueNames } from "./values.ts";

export default defineStage({
  name: "evaluate",
  section: evaluateSection,
  steps(section, facts) {
    const { curves, validation, importance, occlusion, neighbours } = section;
    checkExplained({ importance, occlusion, curves }, facts.models);
    return [
      { step: model, params: scoring(section) },
      ...asked(curvesStep, curves && {}),
      ...asked(validationStep, validation ? {} : undefined),
      ...asked(importanceStep, importance),
      ...asked(occlusionStep, occlusion),
      ...asked(neighboursStep, neighbours),
      comparison(section, facts),
    ];
  },
  // What explains a model needs its weights.
  outside: (section, facts, { name, file }) => {
    const folds = facts.models.some((model) => model.name === name && isFolded(model));
    return [
      { step: predictions, params: { ...scoring(section), study: facts.name, file, folds } },
      comparison(section, facts),
    ];
  },
  values: (_, facts) => valueNames(facts),
});

/** Whether a model's replicates are tested on folds. */
function isFolded({ sections }: ModelFacts): boolean {
  return Array.isArray((sections.split as Record<string, unknown> | undefined)?.fold);
}

/** A step that runs where its params are given. */
function asked(step: AnyStep, params: object | undefined): StepUse[] {
  return params === undefined ? [] : [{ step, params }];
}

/** How one model is scored: of a section what says so. */
function scoring({ bootstrap, topK, ...section }: EvaluateSection) {
  const settings = Object.keys(settingsSection.shape) as (keyof typeof settingsSection.shape)[];
  return {
    bootstrap,
    ...Object.fromEntries(
      settings.filter((key) => key !== "topK").map((key) => [key, section[key]]),
    ),
    // Params are plain JSON: what is not asked for is missing, not undefined.
    ...(topK === undefined ? {} : { topK }),
  };
}

function comparison(
  { bootstrap, alpha, power, topK }: EvaluateSection,
  { models }: StudyFacts,
): StepUse {
  checkTopK(topK, models);
  // Params are plain JSON: what is not asked for is missing, not undefined.
  const told = topK === undefined ? {} : { topK };
  const named = models.map(({ name, replicates }) => ({ name, replicates: [...replicates] }));
  return { step: compare, params: { models: named, bootstrap, alpha, power, ...told } };
}
