/**
 * `train.pick`: passes on what the chosen candidate wrote in one replicate.
 *
 * @module
 */
import { z } from "zod";
import type { Choice } from "../../data/artifacts/choice.ts";
import { defineStep, type InputHandle } from "../../pipeline/stage.ts";

export default defineStep({
  name: "train.pick",
  module: import.meta.url,
  scope: "replicate",
  params: z.strictObject({}),
  inputs: {
    choice: { format: "json" },
    weights: { format: "safetensors", many: true },
    history: { format: "csv", many: true },
    summary: { format: "json", many: true },
  },
  outputs: {
    weights: { format: "safetensors" },
    history: { format: "csv" },
    summary: { format: "json" },
  },
  async run({ inputs, outputs }) {
    const { chosen } = await inputs.choice.json<Choice>();
    const find = (port: string, handles: readonly InputHandle[]) => {
      const found = handles.filter(({ label }) => label.candidate === chosen);
      if (found.length !== 1) {
        const labels = handles.map(({ label }) => JSON.stringify(label.candidate));
        throw new RangeError(
          `Cannot pick ${port} of candidate ${JSON.stringify(chosen)} as there must be exactly ` +
            `one: current candidates are ${labels.join(", ")}`,
        );
      }
      return found[0].bytes();
    };
    await outputs.weights.bytes(await find("weights", inputs.weights));
    await outputs.history.bytes(await find("history", inputs.history));
    await outputs.summary.bytes(await find("summary", inputs.summary));
  },
});
