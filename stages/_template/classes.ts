/**
 * `count.classes`: a step to copy.
 *
 * This file is read while a study is planned, so it imports nothing heavy: a package that only
 * `run` needs stands inside of it as `await import("…")`.
 *
 * @module
 */
import { z } from "zod";
import { parseSamples } from "../../data/samples.ts";
import { defineStep } from "../../pipeline/stage.ts";

/**
 * What the study can choose: every value with its default, and described for editors' completion.
 * All of it is part of the key: another value is another result.
 */
export const CountParams = z.strictObject({
  minimum: z.int().min(0).default(1)
    .describe("Fewest images that a class must have."),
});

/** What this step writes to its port `countReport`. */
export interface CountReport {
  /** Number of images of each class, in order of first appearance. */
  classes: { label: string; images: number }[];
}

export default defineStep({
  // The stage's name, a dot, the step's own.
  name: "count.classes",
  // The code closure, which is part of the key too, starts from this file.
  module: import.meta.url,
  // How often it runs. Nodes with equal params and inputs are one node, whatever the scope.
  scope: "replicate",
  params: CountParams,
  // Ports wire by name: this is what the nearest earlier step wrote to its port `samples`.
  // ARCHITECTURE.md tells what each port holds.
  inputs: { samples: { format: "csv" } },
  outputs: { countReport: { format: "json" } },
  // For the scheduler, at the peak.
  resources: { memoryMiB: 100 },
  // A pure function: no clock, no environment, no file that is not declared. Chance comes from
  // `stream(params.seed, "…")`; exp, log, sin and their like from `core/math`, never from `Math`.
  async run({ params, inputs, outputs, progress }) {
    const samples = await parseSamples(await inputs.samples.text());
    // A Map and not an object: a class may be named `__proto__`.
    const counts = new Map<string, number>();
    for (const { label } of samples) counts.set(label, (counts.get(label) ?? 0) + 1);
    await progress(samples.length, samples.length, "images");
    for (const [label, images] of counts) {
      if (images < params.minimum) {
        throw new RangeError(
          `Cannot go on as class ${JSON.stringify(label)} must have at least ${params.minimum} ` +
            `images: current number is ${images}`,
        );
      }
    }
    const report: CountReport = {
      classes: counts.entries().map(([label, images]) => ({ label, images })).toArray(),
    };
    await outputs.countReport.json(report);
  },
});
