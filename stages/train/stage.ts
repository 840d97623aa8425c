/**
 * The `train` stage: heads on embeddings, with early stopping, and the choice of tuned values.
 *
 * @module
 */
import { resolveHyperparameters } from "../../core/optim/hyperparameters.ts";
import { OPTIMIZERS } from "../../core/optim/registry.ts";
import { defineStage } from "../../pipeline/stage.ts";
import fit from "./fit.ts";
import { describeHead } from "./head.ts";
import pick from "./pick.ts";
import { describeSchedule } from "./schedule.ts";
import { given, trainSection } from "./section.ts";
import select from "./select.ts";

export default defineStage({
  name: "train",
  section: trainSection,
  outside: null,
  steps(section, { models }) {
    const { optimizer, initialization, seed, batchSize, epochs } = section;
    const { patience, minDelta, monitor, residentLimit, shuffleWindow } = section;
    const hyperparameters = resolveHyperparameters(OPTIMIZERS[optimizer], given(section));
    const training = {
      step: fit,
      params: {
        head: describeHead(section),
        optimizer,
        hyperparameters,
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
    // A section does not know its model: where one tunes, all others go through the choice too.
    if (models.every(({ candidates }) => candidates.length === 1)) return [training];
    return [training, { step: select, params: { monitor } }, { step: pick, params: {} }];
  },
});
