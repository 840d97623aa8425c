/**
 * `train.select`: which of a model's candidates is kept, by the validation partition alone.
 *
 * @module
 */
import { z } from "zod";
import { defineStep } from "../../pipeline/stage.ts";
import { chooseCandidate } from "./choose_candidate.ts";

export default defineStep({
  name: "train.select",
  module: import.meta.url,
  scope: "model",
  params: z.strictObject({ monitor: z.enum(["validationLoss", "validationAccuracy"]) }),
  inputs: { summary: { format: "json", many: true } },
  outputs: { choice: { format: "json" } },
  async run({ params, inputs, outputs }) {
    const tries = [];
    for (const input of inputs.summary) {
      tries.push({ candidate: input.label.candidate, summary: await input.json() as never });
    }
    await outputs.choice.json(chooseCandidate(tries, params.monitor));
  },
});
