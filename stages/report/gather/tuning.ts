import { standardDeviation } from "../../../core/metrics/spread.ts";
import { mean } from "../../../core/nn/mean.ts";
import type { Choice, ChoiceCandidate } from "../../../data/artifacts/choice.ts";
import type { TrainingSummary } from "../../../data/artifacts/summary.ts";
import type { TuningByClass, TuningResult, TuningTry } from "../model/tuning.ts";

/**
 * What a model's tuning tried and kept.
 *
 * @param choices One; or one of each replicate where they have splits of their own: candidates that
 * they share are then told together, and those that refine a replicate's own best one by one.
 * @param trainings What the model keeps in each replicate.
 */
export function gatherTuning(
  choices: readonly Choice[],
  trainings: readonly TrainingSummary[],
): Omit<TuningResult, "search"> {
  const [first] = choices;
  const chosenOf = ({ candidates, chosen }: Choice) =>
    candidates.find(({ candidate }) => candidate === chosen)!;
  const keeps = (choice: Choice, candidate: ChoiceCandidate) =>
    choice.chosen === candidate.candidate ? 1 : 0;
  const tries = first.candidates.flatMap((own, i): TuningTry[] => {
    const all = choices.map((choice) => choice.candidates[i]);
    if (own.round > 0 || choices.length === 1) {
      return all.map((each, r) => ({
        values: each.values,
        round: each.round,
        mean: each.mean,
        deviation: each.standardDeviation,
        diverged: each.diverged,
        kept: keeps(choices[r], each),
      }));
    }
    const scores = all.flatMap((each) => each.mean ?? []);
    const isComplete = scores.length === all.length;
    return [{
      values: own.values,
      round: 0,
      mean: isComplete ? mean(scores) : null,
      deviation: isComplete ? standardDeviation(scores) : null,
      diverged: all.reduce((sum, { diverged }) => sum + diverged, 0),
      kept: all.reduce((sum, each, r) => sum + keeps(choices[r], each), 0),
    }];
  });
  return {
    criterion: first.criterion,
    parameters: Object.keys(first.candidates[0].values),
    tries,
    budget: first.candidates.length,
    choices: choices.map((choice) => {
      const { values, mean } = chosenOf(choice);
      return { values, score: mean };
    }),
    atEdge: [...new Set(choices.flatMap(({ atEdge }) => atEdge))],
    ...byClass(choices, trainings),
  };
}

/** What the classes chose; nothing where they did not. */
function byClass(
  choices: readonly Choice[],
  trainings: readonly TrainingSummary[],
): { byClass?: TuningByClass } {
  const decays = choices.flatMap(({ decayByClass }) => decayByClass ?? []);
  if (decays.length === 0) return {};
  const [{ criterion }] = choices;
  const scores = trainings.map(({ best }) => best?.[criterion] ?? NaN);
  const losses = trainings.map(({ validationLosses }) => validationLosses);
  return { byClass: { choices: decays, score: mean(scores), losses } };
}
