/**
 * The `train` stage: heads on embeddings, with early stopping, and the choice of tuned values.
 *
 * @module
 */
import {
  defineStage,
  type ModelFacts,
  type RoundValue,
  type SearchRound,
  type StepUse,
} from "../../pipeline/stage.ts";
import { z } from "zod";
import { takesAll } from "../../core/optim/methods.ts";
import { checkSection } from "./check_section.ts";
import { describeTraining } from "./describe_training.ts";
import fit from "./fit.ts";
import fitByClass from "./fit_by_class.ts";
import fitOnce from "./fit_once.ts";
import { describeFitted, draws } from "./fitted_head.ts";
import fitRefined from "./fit_refined.ts";
import pick from "./pick.ts";
import refine from "./refine.ts";
import { TUNED } from "./regularization.ts";
import { TRAINING_KEYS, type TrainSection, trainSection } from "./section.ts";
import select from "./select.ts";
import selectInReplicate from "./select_in_replicate.ts";
import setByClass from "./set_by_class.ts";
import trace from "./trace.ts";
import { tunedByClass } from "./tuned_by_class.ts";

export default defineStage({
  name: "train",
  section: trainSection,
  outside: null,
  steps(section, { models }, at) {
    checkSection(section, models);
    const { monitor } = section;
    const training = learn(section);
    const step = models.some(hasSplits) ? selectInReplicate : select;
    const byClass = tunedByClass(section, at);
    const selecting = { step, params: { monitor } };
    const last = byClass ? { step, params: { monitor, decayByClass: byClass.name } } : selecting;
    const picking = [
      { step: pick, params: {} },
      ...(byClass ? [{ step: setByClass, params: {} }, { step: fitByClass, params: {} }] : []),
    ];
    const isFitted = typeof section.head !== "string";
    const tracing = models.some(asksForEpochs) && !isFitted ? [{ step: trace, params: {} }] : [];
    // A section does not know its model: where one tunes, all others go through the choice too.
    if (models.every(({ candidates }) => candidates.length === 1)) return [training, ...tracing];
    if (at === undefined) return [training, selecting, ...picking, ...tracing];
    if (isFitted && at.round > 0) refuseRounds(section);
    return [...rounds(section, training, [selecting, last], at), ...picking, ...tracing];
  },
  withoutEffect({ head, optimizer }) {
    if (typeof head !== "string") {
      return {
        keys: TRAINING_KEYS,
        reason: `head ${head.kind} is fitted in one go, without epochs and without an optimiser`,
      };
    }
    if (!takesAll(optimizer)) return undefined;
    return {
      keys: ["batchSize"],
      reason: `optimizer ${optimizer} takes all training images at each step`,
    };
  },
});

/** The step that a section's head asks for. */
function learn(section: TrainSection): StepUse {
  const { head, seed, residentLimit } = section;
  if (typeof head === "string") return { step: fit, params: describeTraining(section) };
  const fitted = describeFitted(head);
  const params = { head: fitted, seed: draws(fitted) ? seed : null, residentLimit };
  return { step: fitOnce, params };
}

/** @throws {z.ZodError} always, as rounds are of trainings. */
function refuseRounds({ head }: TrainSection): never {
  const message =
    "numbers of a head that is fitted in one go cannot be refined: list the values to " +
    "try under `tune`";
  throw new z.ZodError([{ code: "custom", path: ["head"], message, input: head }]);
}

/** Whether a model's evaluation reads the weights of each epoch. */
function asksForEpochs({ sections }: ModelFacts): boolean {
  const { curves } = (sections.evaluate ?? {}) as Record<string, unknown>;
  return curves !== undefined;
}

/** Whether replicates of a model have splits of their own: folds, or seeds of the split. */
function hasSplits({ sections }: ModelFacts): boolean {
  const { seed, fold } = (sections.split ?? {}) as Record<string, unknown>;
  return [seed, fold].some((varied) => Array.isArray(varied) && varied.length > 1);
}

/**
 * A candidate of one round of several: it waits for the choices before its round, and is among those
 * chosen from at each choice after it.
 *
 * @param choosing How each round chooses, and how the last one does.
 */
function rounds(
  section: TrainSection,
  training: StepUse,
  [selecting, last]: readonly [StepUse, StepUse],
  { round, rounds, values }: SearchRound,
): StepUse[] {
  const own = round === 0 ? [training] : [
    { step: refine, params: { round, values: values.map(alone), section: untuned(section) } },
    { step: fitRefined, params: {} },
  ];
  return [
    ...Array<StepUse>(round).fill(selecting),
    ...own,
    ...Array<StepUse>(rounds - round).fill(selecting),
    last,
  ];
}

function alone({ joint: _, ...value }: RoundValue): RoundValue {
  return value;
}

/** The section of the tries, which models share whether or not they go on to decays by class. */
function untuned(section: TrainSection): Partial<TrainSection> {
  const { weightDecayByClass, ...rest } = section;
  return weightDecayByClass === TUNED ? rest : section;
}
