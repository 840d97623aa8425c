/**
 * `train.refine`: the training of a candidate of a later round, around the best of those before.
 *
 * What it writes is all that the training depends on: where another best candidate leads to the same
 * values, nothing is trained anew.
 *
 * @module
 */
import { z } from "zod";
import type { Choice, TunedValues } from "../../data/artifacts/choice.ts";
import type { Proposal } from "../../data/artifacts/proposal.ts";
import { defineStep, type RoundValue } from "../../pipeline/stage.ts";
import { describeTraining } from "./describe_training.ts";
import { refinedValue } from "./refined_value.ts";
import { trainSection } from "./section.ts";

const value = z.union([z.string(), z.number(), z.boolean()]);

export default defineStep({
  name: "train.refine",
  module: import.meta.url,
  scope: "try",
  params: z.strictObject({
    /** From 1. */
    round: z.int().min(1),
    values: z.array(z.strictObject({
      name: z.string(),
      path: z.array(z.string()).min(1),
      grid: z.array(value).min(1),
      refined: z.strictObject({
        place: z.int().min(0),
        points: z.int().min(1),
        scale: z.enum(["linear", "log"]),
      }).optional(),
    })),
    /** The section, with other values in their places. */
    section: z.record(z.string(), z.unknown()),
  }),
  inputs: { choice: { format: "json" } },
  outputs: { settings: { format: "json" }, proposal: { format: "json" } },
  async run({ params: { round, values, section }, inputs, outputs }) {
    const choice = await inputs.choice.json<Choice>();
    const proposed: TunedValues = {};
    let refined: unknown = section;
    for (const own of values) {
      const value = valueOf(own, choice);
      proposed[own.name] = typeof value === "boolean" ? String(value) : value;
      refined = withValue(refined, own.path, value);
    }
    const settings = describeTraining(trainSection.parse(refined));
    const proposal: Proposal = { round, values: proposed };
    await outputs.settings.json(settings);
    await outputs.proposal.json(proposal);
  },
});

/** The value that a candidate takes: of its own place, or that of the best candidate so far. */
function valueOf(
  { name, grid, refined }: RoundValue,
  { candidates, chosen }: Choice,
): string | number | boolean {
  const best = candidates.find(({ candidate }) => candidate === chosen)!.values[name];
  if (refined === undefined) {
    const kept = grid.find((own) => String(own) === String(best) || JSON.stringify(own) === best);
    if (kept !== undefined) return kept;
    // A number that an earlier round refined.
    if (typeof best === "number") return best;
    throw new RangeError(
      `Cannot keep ${name} as its best value must be one of ${
        grid.join(", ")
      }: current value is ${best}`,
    );
  }
  const tried = candidates.map(({ values }) => values[name]);
  if (typeof best !== "number" || !tried.every((own) => typeof own === "number")) {
    throw new RangeError(
      `Cannot refine ${name} as its values must be numbers: current best is ${best}`,
    );
  }
  return refinedValue({ tried, best, ...refined });
}

/** A copy of plain JSON with a value at a path. */
function withValue(object: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  const own = object as Record<string, unknown> | undefined;
  return { ...own, [key]: rest.length === 0 ? value : withValue(own?.[key], rest, value) };
}
