import { z } from "zod";
import { type Initialization, INITIALIZATIONS } from "../../core/nn/initialization.ts";
import {
  formatRange,
  isInRange,
  resolveHyperparameters,
} from "../../core/optim/hyperparameters.ts";
import type { Hyperparameter } from "../../core/optim/optimizer.ts";
import { type MethodName, methodOf, METHODS } from "../../core/optim/methods.ts";
import { headDefaults, headKey, headKeys, idleHeadKeys } from "./head.ts";
import { regularizationKeys, TUNED } from "./regularization.ts";
import { scheduleKey } from "./schedule.ts";

/** Names of initialisations, for schemas. */
export const INITIALIZATION_NAMES = Object.keys(INITIALIZATIONS) as [
  Initialization,
  ...Initialization[],
];

/** The section's values that are no hyperparameter of an optimiser. */
const common = {
  head: headKey,
  ...headKeys,
  optimizer: z.enum(Object.keys(METHODS) as [MethodName, ...MethodName[]]).default("adam")
    .describe("How its parameters are updated."),
  schedule: scheduleKey,
  initialization: z.enum(INITIALIZATION_NAMES).default("uniform").describe(
    "How its parameters start: uniform in ±1/√d, as in PyTorch; by Xavier Glorot's or He's rule; or " +
      "zeros.",
  ),
  seed: z.int().min(0).default(1)
    .describe("Seed of the first parameters, of the order of the batches and of dropout."),
  batchSize: range(z.int(), 1, 65_536).default(32).describe("Samples a step, in [1, 65536]."),
  epochs: range(z.int(), 1, 10_000).default(100)
    .describe("Most passes over the training images, in [1, 10000]."),
  patience: range(z.int(), 1, 10_000).default(10)
    .describe("Epochs without improvement that end the training, in [1, 10000]."),
  minDelta: range(z.number(), 0, 100).default(0)
    .describe("An improvement is a change of the monitored value by more than this, in [0, 100]."),
  monitor: z.enum(["validationLoss", "validationAccuracy"]).default("validationLoss").describe(
    "What early stopping watches, what picks the epoch that is kept and the tuned values.",
  ),
  keep: z.enum(["best", "last"]).default("best").describe(
    "Which epoch's weights are kept: the best by the monitored value, or the last one.",
  ),
  ...regularizationKeys,
  history: z.enum(["brief", "full"]).default("brief").describe(
    "What is told of each epoch; full adds loss and accuracy on the training images at its end, " +
      "each class's loss and the share of dead units, at the cost of two more passes over them.",
  ),
  residentLimit: range(z.int(), 0, 3072).default(1024).describe(
    "Embeddings of up to so many MiB are held in memory, and each epoch's order is drawn from all " +
      "images; larger ones are read in windows. In [0, 3072].",
  ),
  shuffleWindow: range(z.int(), 1, 1024).default(64).describe(
    "Size of these windows in MiB: the order is drawn of shards of about 2 MiB, and within each " +
      "window. In [1, 1024].",
  ),
};

/** Keys that every head reads; all others are about training by mini-batches. */
const SHARED_KEYS: readonly string[] = ["head", "seed", "monitor", "residentLimit"];

/** Every key, one for each hyperparameter of any optimiser among them. */
const keys = z.strictObject({ ...common, ...hyperparameters() });

/** The section `train`, with every default that its head and its optimiser have. */
export const trainSection = keys
  .superRefine((section, context) => {
    for (const [name, message] of idleHeadKeys(section)) {
      const input = section[name as keyof typeof section];
      context.addIssue({ code: "custom", path: [name], message, input });
    }
    // No optimiser is asked for; the study is told what has no effect (TRAINING_KEYS).
    if (typeof section.head !== "string") return;
    const { schedule: { warmUp }, epochs } = section;
    if (warmUp > epochs) {
      context.addIssue({
        code: "custom",
        path: ["schedule", "warmUp"],
        message: `expected a number in [0, ${epochs}], the most epochs, found ${warmUp}`,
        input: warmUp,
      });
    }
    for (const [name, message] of section.optimizer === "lbfgs" ? beyondLbfgs(section) : []) {
      const input = section[name as keyof typeof section];
      context.addIssue({ code: "custom", path: [name], message, input });
    }
    const optimizer = methodOf(section.optimizer);
    for (const [name, value] of Object.entries(given(section))) {
      const known = Object.hasOwn(optimizer.hyperparameters, name);
      const own: Hyperparameter = optimizer.hyperparameters[name];
      if (known && isInRange(value, own)) continue;
      const message = known
        ? `expected a number in ${formatRange(own)}, found ${value}`
        : `optimizer ${optimizer.name} has no ${name}, it has ` +
          Object.keys(optimizer.hyperparameters).join(", ");
      context.addIssue({ code: "custom", path: [name], message, input: value });
    }
  })
  .transform(withDefaults);

/** A head that is fitted in one go reads none of them, and of the others only a few. */
function withDefaults(section: z.output<typeof keys>): z.output<typeof keys> {
  const { head, ...others } = section;
  if (typeof head !== "string") {
    // That decays by class are asked for is left, to be refused beside heads that are trained.
    const read = Object.entries(section)
      .filter(([key, value]) => SHARED_KEYS.includes(key) || value === TUNED);
    return Object.fromEntries(read) as z.output<typeof keys>;
  }
  const optimizer = methodOf(section.optimizer);
  const values = resolveHyperparameters(optimizer, given(section));
  const hyperparameters = Object.entries(values).map(([name, value]) => [
    name,
    optimizer.hyperparameters[name].flag ? value === 1 : value,
  ]);
  // As one reads them: the head with its own, then the optimiser with its own.
  const first = { head, ...headDefaults({ ...section, head }), optimizer: section.optimizer };
  return { ...first, ...Object.fromEntries(hyperparameters), ...others };
}

/** What L-BFGS cannot do: it needs a convex, smooth loss of all images at once. */
function beyondLbfgs(section: {
  head: unknown;
  schedule: { kind: string; warmUp: number };
  l1: number;
  mixUp: number;
  clipNorm?: number;
  clipValue?: number;
  weightDecayByClass?: unknown;
}): [key: string, message: string][] {
  const { head, schedule, l1, mixUp } = section;
  const only = "optimizer lbfgs";
  const found: [boolean, string, string][] = [
    [
      typeof head === "string" && head !== "softmax",
      "head",
      `${only} needs a convex loss: head softmax, found ${head}`,
    ],
    [
      schedule.kind !== "constant" || schedule.warmUp > 0,
      "schedule",
      `${only} finds its own step lengths and takes no schedule, found ${schedule.kind}`,
    ],
    [l1 > 0, "l1", `${only} needs a smooth loss, so l1 must be 0, found ${l1}`],
    [
      mixUp > 0,
      "mixUp",
      `${only} needs one loss for all steps, so mixUp must be 0, found ${mixUp}`,
    ],
    ...(["clipNorm", "clipValue", "weightDecayByClass"] as const).map((
      key,
    ): [boolean, string, string] => [section[key] !== undefined, key, `${only} has no ${key}`]),
  ];
  return found.flatMap(([isThere, key, message]) => isThere ? [[key, message]] : []);
}
/** Keys that only heads read which are trained by mini-batches. */
export const TRAINING_KEYS: readonly string[] = Object.keys(keys.shape)
  .filter((key) => !SHARED_KEYS.includes(key) && !Object.hasOwn(headKeys, key));

/** Values of the section `train`. */
export type TrainSection = z.output<typeof trainSection>;

/** The hyperparameters that a section sets. */
export function given(section: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(section)
      .filter(([name, value]) => !(name in common) && value !== undefined)
      .map(([name, value]) => [name, Number(value)]),
  );
}

/** A key for each hyperparameter; its range is checked with the optimiser's own. */
function hyperparameters(): Record<never, z.ZodOptional<z.ZodNumber | z.ZodBoolean>> {
  const fields: Record<string, z.ZodOptional<z.ZodNumber | z.ZodBoolean>> = {};
  for (const [name, uses] of hyperparametersByName()) {
    const [{ hyperparameter }] = uses;
    const defaults = uses.map((use) => `${use.optimizer} ${defaultOf(use.hyperparameter)}`);
    if (hyperparameter.flag) {
      fields[name] = z.boolean().optional().describe(
        `${hyperparameter.description}. Default: ${defaults.join(", ")}.`,
      );
      continue;
    }
    fields[name] = z.number().optional().describe(
      `${hyperparameter.description}; in ${formatRange(hyperparameter)}. ` +
        `Default: ${defaults.join(", ")}.`,
    );
  }
  return fields;
}

function defaultOf({ flag, default: value }: Hyperparameter): string {
  return flag ? String(value === 1) : String(value);
}

function hyperparametersByName() {
  const byName = new Map<string, { optimizer: string; hyperparameter: Hyperparameter }[]>();
  for (const optimizer of Object.values(METHODS)) {
    for (const [name, hyperparameter] of Object.entries(optimizer.hyperparameters)) {
      if (!byName.has(name)) byName.set(name, []);
      byName.get(name)!.push({ optimizer: optimizer.name, hyperparameter });
    }
  }
  return byName;
}

function range<T extends z.ZodNumber>(number: T, minimum: number, maximum: number): T {
  const error = ({ input }: { input?: unknown }) =>
    `expected a number in [${minimum}, ${maximum}], found ${input}`;
  return number.min(minimum, { error }).max(maximum, { error });
}
