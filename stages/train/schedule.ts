/**
 * What a study says of the learning rate's schedule: a key of the section `train`, and the schedule
 * that it describes.
 *
 * @module
 */
import { z } from "zod";
import { formatExpected, isInRange } from "../../core/optim/hyperparameters.ts";
import type { Hyperparameter } from "../../core/optim/optimizer.ts";
import type { ScheduleDescription } from "../../core/optim/schedules/rate_factor.ts";
import { type ScheduleName, SCHEDULES } from "../../core/optim/schedules/registry.ts";
import { nameOf } from "./ranges.ts";
import type { Schedule } from "../../core/optim/schedules/schedule.ts";

const NAMES = Object.keys(SCHEDULES) as [ScheduleName, ...ScheduleName[]];

/** Epochs of linear warm-up, before any schedule. */
const WARM_UP: Hyperparameter = {
  default: 0,
  minimum: 0,
  maximum: 10_000,
  description: "Epochs in which the learning rate rises in a line from almost 0, whole or not",
};

/** A key for a number in a hyperparameter's range, with its default. */
function key(hyperparameter: Hyperparameter) {
  return z.number()
    .refine((value) => isInRange(value, hyperparameter), {
      error: ({ input }) => `expected ${formatExpected(hyperparameter)}, found ${input}`,
    })
    .default(hyperparameter.default)
    .describe(`${hyperparameter.description}; ${formatExpected(hyperparameter)}.`);
}

function keysOf({ hyperparameters }: Schedule): Record<string, ReturnType<typeof key>> {
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, hyperparameter]) => [name, key(hyperparameter)]),
  );
}

const forms = NAMES.map((name) =>
  z.strictObject({ kind: z.literal(name), ...keysOf(SCHEDULES[name]), warmUp: key(WARM_UP) })
);

/** The section's key `schedule`; the name of a schedule alone stands for its defaults. */
export const scheduleKey = z.preprocess(
  (given) => {
    if (typeof given === "string") return { kind: given };
    const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
    return isObject ? { kind: "constant", ...given } : given;
  },
  z.discriminatedUnion("kind", forms as [typeof forms[number], ...typeof forms], {
    error: ({ input }) =>
      `expected the name of a schedule: ${NAMES.join(", ")}; found ${nameOf(input)}`,
  }),
).prefault("constant").describe(
  "How the learning rate changes over the training; the name of a schedule alone stands for its " +
    "defaults.",
);

/** The schedule that a section describes, with every default. */
export function describeSchedule(section: z.output<typeof scheduleKey>): ScheduleDescription {
  const { kind: name, warmUp, ...values } = section;
  return { name, values, warmUp };
}

/** A schedule, all values resolved: what a step is given, and a summary tells. */
export const scheduleParams = z.strictObject({
  name: z.enum(NAMES),
  values: z.record(z.string(), z.number()),
  warmUp: z.number().min(0),
}) satisfies z.ZodType<ScheduleDescription>;
