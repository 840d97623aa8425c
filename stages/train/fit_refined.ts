/**
 * `train.fitRefined`: `train.fit` of a candidate whose values come from an earlier round.
 *
 * @module
 */
import { z } from "zod";
import { defineStep } from "../../pipeline/stage.ts";
import { coreAssets } from "../../core/wasm/core.ts";
import fit, { FitParams, memoryOf } from "./fit.ts";
import { trainSection } from "./section.ts";

export default defineStep({
  name: "train.fitRefined",
  module: import.meta.url,
  scope: fit.scope,
  params: z.strictObject({}),
  inputs: { ...fit.inputs, settings: { format: "json" } },
  outputs: fit.outputs,
  assets: () => [...coreAssets],
  resources: {
    // Its settings are an artifact: what counts are the defaults' limits.
    memoryMiB: ({ inputMiB }) => memoryOf(trainSection.parse({}), inputMiB.embeddings),
    parallel: true,
  },
  profiled: fit.profiled,
  checkpointed: fit.checkpointed,
  async run(context) {
    const params = FitParams.parse(await context.inputs.settings.json());
    await fit.run({ ...context, params });
  },
});
