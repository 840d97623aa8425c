/**
 * The `train` stage: heads on embeddings, with early stopping, and the choice of tuned values.
 *
 * @module
 */
import { resolveHyperparameters } from "../../core/optim/hyperparameters.ts";
import { OPTIMIZERS } from "../../core/optim/registry.ts";
import { defineStage, type StepUse } from "../../pipeline/stage.ts";
import fit from "./fit.ts";
import fitOnce from "./fit_once.ts";
import { describeFitted, draws } from "./fitted_head.ts";
import { describeHead } from "./head.ts";
import pick from "./pick.ts";
import { describeSchedule } from "./schedule.ts";
import { given, TRAINING_KEYS, type TrainSection, trainSection } from "./section.ts";
import select from "./select.ts";

export default defineStage({
  name: "train",
  section: trainSection,
  steps(section, { models }) {
    const { monitor } = section;
    const learning = learn(section);
    // A section does not know its model: where one tunes, all others go through the choice too.
    if (models.every(({ candidates }) => candidates.length === 1)) return [learning];
    return [learning, { step: select, params: { monitor } }, { step: pick, params: {} }];
  },
  withoutEffect(section) {
    const { head } = section;
    return typeof head === "string" ? undefined : {
      keys: TRAINING_KEYS,
      reason: `head ${head.kind} is fitted in one go, without epochs and without an optimiser`,
    };
  },
});

/** The step that a section's head asks for. */
function learn(section: TrainSection): StepUse {
  const { head, seed, residentLimit } = section;
  if (typeof head !== "string") {
    const fitted = describeFitted(head);
    const params = { head: fitted, seed: draws(fitted) ? seed : null, residentLimit };
    return { step: fitOnce, params };
  }
  const { optimizer, initialization, batchSize, epochs } = section;
  const { patience, minDelta, monitor, shuffleWindow } = section;
  return {
    step: fit,
    params: {
      head: describeHead({ ...section, head }),
      optimizer,
      hyperparameters: resolveHyperparameters(OPTIMIZERS[optimizer], given(section)),
      schedule: describeSchedule(section.schedule),
      initialization,
      seed,
      batchSize,
      epochs,
      patience,
      minDelta,
      monitor,
      residentLimit,
      shuffleWindow,
    },
  };
}
