/**
 * `train.select`: which of a model's candidates is kept, by the validation partition alone.
 *
 * @module
 */
import { z } from "zod";
import type { Proposal } from "../../data/artifacts/proposal.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { chooseCandidate, type Try } from "./choose_candidate.ts";
import { chooseDecays } from "./choose_decays.ts";

export default defineStep({
  name: "train.select",
  module: import.meta.url,
  scope: "model",
  params: z.strictObject({
    monitor: z.enum(["validationLoss", "validationAccuracy"]),
    /** What labels call the weight decay, where it is chosen for each class too. */
    decayByClass: z.string().optional(),
  }),
  inputs: {
    // Where numbers are refined, candidates of later rounds have none yet.
    summary: { format: "json", many: true, optional: true },
    proposal: { format: "json", many: true, optional: true },
  },
  outputs: { choice: { format: "json" } },
  async run({ params, inputs, outputs }) {
    const proposals = new Map<string, Proposal>();
    for (const input of inputs.proposal) proposals.set(input.label.candidate, await input.json());
    const tries: Try[] = [];
    for (const input of inputs.summary) {
      const { candidate } = input.label;
      const proposal = proposals.get(candidate);
      tries.push({ candidate, summary: await input.json(), ...(proposal && { proposal }) });
    }
    const choice = chooseCandidate(tries, params.monitor);
    if (params.decayByClass !== undefined) {
      choice.decayByClass = chooseDecays(choice, tries, params.decayByClass);
    }
    await outputs.choice.json(choice);
  },
});
