/**
 * `train.setByClass`: the training of the chosen values once more, with a weight decay for each class.
 *
 * What it writes is all that the training depends on, as {@linkcode ./refine.ts train.refine} does:
 * other losses that lead to the same choice train nothing anew.
 *
 * @module
 */
import { z } from "zod";
import type { Choice } from "../../data/artifacts/choice.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { FitParams } from "./fit.ts";

export default defineStep({
  name: "train.setByClass",
  module: import.meta.url,
  scope: "replicate",
  params: z.strictObject({}),
  inputs: { choice: { format: "json" }, summary: { format: "json" } },
  outputs: { settings: { format: "json" } },
  async run({ inputs, outputs }) {
    const { decayByClass } = await inputs.choice.json<Choice>();
    if (decayByClass === undefined) {
      throw new TypeError("Cannot set weight decay by class as the choice has none by class");
    }
    // Of the chosen candidate in this replicate.
    const { settings } = await inputs.summary.json<TrainingSummary>();
    const params = FitParams.parse(settings);
    const weightDecayByClass = Object.fromEntries(
      decayByClass.classes.map((own) => [own.class, own.weightDecay]),
    );
    await outputs.settings.json({
      ...params,
      regularization: { ...params.regularization, weightDecayByClass },
    });
  },
});
