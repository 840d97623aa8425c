/**
 * The `evaluate` stage: every model on its test images, and all models against each other.
 *
 * @module
 */
import { defineStage, type StepUse, type StudyFacts } from "../../pipeline/stage.ts";
import { checkTopK } from "./check_top_k.ts";
import compare from "./compare.ts";
import model from "./model.ts";
import predictions from "./predictions.ts";
import { type EvaluateSection, evaluateSection } from "./section.ts";
import { valueNames } from "./values.ts";

export default defineStage({
  name: "evaluate",
  section: evaluateSection,
  steps: (section, facts) => [
    { step: model, params: scoring(section) },
    comparison(section, facts),
  ],
  outside: (section, facts, { file }) => [
    { step: predictions, params: { ...scoring(section), study: facts.name, file } },
    comparison(section, facts),
  ],
  values: (_, facts) => valueNames(facts),
});

/** How one model is scored. */
function scoring({ alpha: _, power: __, ...params }: EvaluateSection) {
  return params;
}

function comparison(
  { bootstrap, alpha, power, topK }: EvaluateSection,
  { models }: StudyFacts,
): StepUse {
  checkTopK(topK, models);
  // Params are plain JSON: what is not asked for is missing, not undefined.
  const asked = topK === undefined ? {} : { topK };
  const named = models.map(({ name, replicates }) => ({ name, replicates: [...replicates] }));
  return { step: compare, params: { models: named, bootstrap, alpha, power, ...asked } };
}
