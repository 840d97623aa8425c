/**
 * What a study says of a head: keys of the section `train`, and the head that they describe.
 *
 * @module
 */
import { z } from "zod";
import type { Activation } from "../../core/nn/activations.ts";
import { type HeadDescription, type HeadName, HEADS } from "../../core/nn/registry.ts";
import { type FittedForm, fittedForms } from "./fitted_head.ts";
import { between, count, nameOf } from "./ranges.ts";

const activation: z.ZodType<Activation, Activation> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sigmoid") }),
  z.strictObject({ kind: z.literal("tanh") }),
  z.strictObject({ kind: z.literal("relu") }),
  z.strictObject({ kind: z.literal("leakyRelu"), slope: z.number() }),
  z.strictObject({ kind: z.literal("elu"), alpha: z.number() }),
  z.strictObject({ kind: z.literal("gelu") }),
]);

const behindHidden = {
  hidden: z.array(z.int().min(1)),
  activation,
  batchNorm: z.boolean(),
  dropout: z.number().min(0).lt(1),
};

/** A head, all values resolved: what a step is given, and a summary tells. */
export const headParams = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("softmax") }),
  z.strictObject({ name: z.literal("mlp"), ...behindHidden }),
  z.strictObject({
    name: z.literal("cnn"),
    channels: z.array(z.int().min(1)).min(1),
    kernel: z.int().min(1),
    pooling: z.enum(["max", "average"]),
    ...behindHidden,
  }),
  z.strictObject({ name: z.literal("transfer") }),
]) satisfies z.ZodType<HeadDescription>;

/** A list of numbers, or one alone. */
function counts(least: number, most: number, maximum: number) {
  const length = {
    error: ({ input }: { input?: unknown }) =>
      `expected a list of ${least} to ${most} numbers, found ${(input as unknown[]).length}`,
  };
  return z.union([
    count(maximum),
    z.array(count(maximum)).min(least, length).max(most, length),
  ]);
}

/** The section's keys about heads. Their defaults are those of each head. */
export const headKeys = {
  hidden: counts(0, 16, 65_536).optional().describe(
    "Widths of the hidden dense layers, first to last, each in [1, 65536]; a number alone is one " +
      "layer. Default: mlp 128, cnn 64.",
  ),
  channels: counts(1, 8, 1024).optional().describe(
    "Output channels of the convolutions, first to last, each in [1, 1024]; each is followed by a " +
      "2×2 pooling. Default: cnn [16, 32].",
  ),
  kernel: z.int().min(1, between(1, 15)).max(15, between(1, 15))
    .refine((side) => side % 2 === 1, {
      error: ({ input }) =>
        `expected an odd number, so that images keep their size, found ${input}`,
    })
    .optional().describe("Side of the convolutions' kernels, odd, in [1, 15]. Default: cnn 3."),
  pooling: z.enum(["max", "average"]).optional()
    .describe("What is kept of each 2×2 window. Default: cnn max."),
  activation: z.enum(["relu", "leakyRelu", "elu", "gelu", "tanh", "sigmoid"]).optional()
    .describe("The function behind each hidden layer. Default: mlp, cnn relu."),
  leakySlope: z.number().min(0, between(0, 1)).max(1, between(0, 1)).optional()
    .describe("Slope of leakyRelu below 0, in [0, 1]. Default: 0.01."),
  eluAlpha: z.number().min(0, between(0, 10)).max(10, between(0, 10)).optional()
    .describe("Where elu ends below 0 is −α; in [0, 10]. Default: 1."),
  batchNorm: z.boolean().optional().describe(
    "Batch normalisation between each hidden layer and its activation. Default: mlp, cnn false.",
  ),
  dropout: z.number()
    .refine((rate) => rate >= 0 && rate < 1, {
      error: ({ input }) => `expected a number in [0, 1), found ${input}`,
    })
    .optional().describe(
      "Share of a hidden dense layer's outputs that a step drops, in [0, 1). Default: mlp, cnn 0.",
    ),
};

/** Names of the heads that are trained by mini-batches. */
const TRAINED_NAMES = Object.keys(HEADS) as [HeadName, ...HeadName[]];

const trainedForms = TRAINED_NAMES.map((name) => z.strictObject({ kind: z.literal(name) }));

/**
 * The section's key `head`. A name alone stands for its defaults; a head that is trained has its settings
 * in the section itself, and is its name.
 */
export const headKey = z.preprocess(
  (given) => typeof given === "string" ? { kind: given } : given,
  z.discriminatedUnion("kind", [...fittedForms, ...trainedForms], {
    error: ({ input }) =>
      `expected the name of a head: ${
        [...TRAINED_NAMES, ...fittedForms.map(({ shape }) => shape.kind.value)].join(", ")
      }; found ${nameOf(input)}`,
  }).transform((form): HeadName | FittedForm => isTrainedForm(form) ? form.kind : form),
).prefault("softmax").describe(
  "What learns from the embeddings; cnn needs pixels, transfer is flatten, dense 128 with ReLU, " +
    "dropout 0.5. The name alone of forest, knn or centroid, which are fitted in one go, stands for " +
    "its defaults.",
);

function isTrainedForm(form: FittedForm | { kind: HeadName }): form is { kind: HeadName } {
  return Object.hasOwn(HEADS, form.kind);
}

/** The section's values about heads. */
export type HeadSection =
  & { head: HeadName | FittedForm }
  & {
    [Key in keyof typeof headKeys]?: z.output<(typeof headKeys)[Key]>;
  };

/** What is not a default, and is not asked of every head. */
const MLP_KEYS = ["hidden", "activation", "leakySlope", "eluAlpha", "batchNorm", "dropout"];
const KEYS: Readonly<Record<HeadName, readonly string[]>> = {
  softmax: [],
  mlp: MLP_KEYS,
  cnn: ["channels", "kernel", "pooling", ...MLP_KEYS],
  transfer: [],
};

/** Keys that a section sets but its head or its activation has not, with what to say of each. */
export function idleHeadKeys(section: HeadSection): [key: string, message: string][] {
  const { head } = section;
  const own = typeof head === "string" ? KEYS[head] : [];
  const name = typeof head === "string" ? head : head.kind;
  const isSet = (key: string) => section[key as keyof HeadSection] !== undefined;
  const idle = Object.keys(headKeys).filter((key) => isSet(key) && !own.includes(key));
  const messages = idle.map((key): [string, string] => [
    key,
    `head ${name} has no ${key}, ` +
    (own.length > 0 ? `it has ${own.join(", ")}` : "and no other setting of its own"),
  ]);
  for (const [key, kind] of [["leakySlope", "leakyRelu"], ["eluAlpha", "elu"]]) {
    const { activation = "relu" } = section;
    if (isSet(key) && own.includes(key) && activation !== kind) {
      messages.push([key, `activation ${activation} has no ${key}, only ${kind} has`]);
    }
  }
  return messages;
}

/** The trained head that a section describes, with every default. */
export function describeHead(section: HeadSection & { head: HeadName }): HeadDescription {
  const list = (value: number | number[]) => typeof value === "number" ? [value] : value;
  const { hidden, channels = [16, 32], kernel = 3, pooling = "max" } = section;
  const { batchNorm = false, dropout = 0 } = section;
  const behind = { activation: describeActivation(section), batchNorm, dropout };
  switch (section.head) {
    case "mlp":
      return { name: "mlp", hidden: list(hidden ?? 128), ...behind };
    case "cnn":
      return {
        name: "cnn",
        channels: list(channels),
        kernel,
        pooling,
        hidden: list(hidden ?? 64),
        ...behind,
      };
    default:
      return { name: section.head };
  }
}

/** The section's keys about its head, with every default. */
export function headDefaults(section: HeadSection & { head: HeadName }): Partial<HeadSection> {
  const description = describeHead(section);
  if (description.name !== "mlp" && description.name !== "cnn") return {};
  const { name: _, activation: __, ...options } = description;
  const { kind, ...parameters } = describeActivation(section);
  const { slope: leakySlope, alpha: eluAlpha } = parameters as { slope?: number; alpha?: number };
  return {
    ...options as Partial<HeadSection>,
    activation: kind,
    ...(leakySlope === undefined ? {} : { leakySlope }),
    ...(eluAlpha === undefined ? {} : { eluAlpha }),
  };
}

function describeActivation(section: HeadSection): Activation {
  const { activation: kind = "relu", leakySlope: slope = 0.01, eluAlpha: alpha = 1 } = section;
  if (kind === "leakyRelu") return { kind, slope };
  return kind === "elu" ? { kind, alpha } : { kind };
}
