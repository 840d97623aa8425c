import { mean } from "../../core/nn/mean.ts";
import type { Choice, ChoiceCandidate } from "../../data/artifacts/choice.ts";
import type { ClassDecay, ClassDecays } from "../../data/artifacts/class_decays.ts";
import { isTrained } from "../../data/artifacts/summary.ts";
import type { Try } from "./choose_candidate.ts";

/**
 * Chooses a weight decay for each class: the one with the least mean validation loss of the class's
 * images over replicates. Compared are the candidates that share all other values with the chosen
 * one, but for those that diverged: what is chosen is trained beside these values.
 *
 * Of equal losses the greater decay is taken, as the simpler model; a class whose loss is not known
 * in every replicate keeps the single decay of the chosen candidate.
 *
 * @param choice What was chosen for all classes together.
 * @param tries Those that it was chosen from, each a training.
 * @param name What labels call the weight decay.
 */
export function chooseDecays(choice: Choice, tries: readonly Try[], name: string): ClassDecays {
  const chosen = choice.candidates.find(({ candidate }) => candidate === choice.chosen)!;
  const compared = choice.candidates
    .filter((own) => own === chosen || (isSound(own) && differIn(own, chosen, name)))
    .sort((a, b) => decayOf(a, name) - decayOf(b, name));
  const losses = compared.map(({ candidate }) =>
    tries.filter((own) => own.candidate === candidate)
      .map(({ summary }) => isTrained(summary) ? summary.validationLosses : {})
  );
  const tried = compared.map((own) => decayOf(own, name));
  const single = decayOf(chosen, name);
  const classes = [...new Set(losses.flat().flatMap(Object.keys))];
  return {
    single,
    tried,
    classes: classes.map((own) => {
      const ofClass = losses.map((replicates) => meanOf(replicates.map((all) => all[own] ?? null)));
      return { class: own, weightDecay: leastOf(ofClass, tried) ?? single, losses: ofClass };
    }),
  };
}

/** The decay of the least loss, the greatest one among equals; `undefined` without any loss. */
function leastOf(
  losses: ClassDecay["losses"],
  tried: readonly number[],
): number | undefined {
  let best: { loss: number; decay: number } | undefined;
  losses.forEach((loss, i) => {
    if (loss === null) return;
    if (best === undefined || loss <= best.loss) best = { loss, decay: tried[i] };
  });
  return best?.decay;
}

/** The mean of all of them, if every one is there. */
function meanOf(losses: readonly (number | null)[]): number | null {
  const known = losses.filter((loss) => loss !== null);
  return known.length < losses.length ? null : mean(known);
}

function isSound({ mean, diverged }: ChoiceCandidate): boolean {
  return mean !== null && diverged === 0;
}

/** Whether two candidates have all values alike but one. */
function differIn(a: ChoiceCandidate, b: ChoiceCandidate, name: string): boolean {
  return Object.entries(a.values).every(([own, value]) => own === name || value === b.values[own]);
}

function decayOf({ values, candidate }: ChoiceCandidate, name: string): number {
  const value = values[name];
  if (typeof value === "number") return value;
  throw new RangeError(
    `Cannot choose ${name} by class as candidate ${
      JSON.stringify(candidate)
    } must have a number: ` +
      `current value is ${value}`,
  );
}
