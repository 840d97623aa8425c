/**
 * What a study says of regularisation: keys of the section `train`, and what a training is given.
 *
 * @module
 */
import { z } from "zod";
import type { Regularization, TrainingLoss } from "../../core/nn/regularization.ts";

/** A number in a range whose ends are as its text says. */
function within(range: string, holds: (value: number) => boolean) {
  return z.number().refine(holds, {
    error: ({ input }) => `expected a number in ${range}, found ${input}`,
  });
}

const penalty = () => within("[0, 100]", (value) => value >= 0 && value <= 100);
const bound = () => within("(0, 1e9]", (value) => value > 0 && value <= 1e9);

/** Numbers by the names of classes. */
const byClass = (value: z.ZodType<number>) => z.record(z.string(), value);

/** What stands for the weight decay of each class where it is to be chosen. */
export const TUNED = "tuned";

/** The section's keys about regularisation. */
export const regularizationKeys = {
  l1: penalty().default(0)
    .describe("L1 penalty λ₁: λ₁·‖θ‖₁ is added to the loss; in [0, 100]."),
  l1Form: z.enum(["proximal", "subgradient"]).default("proximal").describe(
    "How it enters: each step ends by moving parameters towards zero by ηλ₁, where they stay and " +
      "become sparse; or λ₁·sign(θ) is added to the gradient.",
  ),
  penalizeBiases: z.boolean().default(true).describe(
    "Whether weight decay and L1 also bind biases and batch normalisation's numbers, as in PyTorch.",
  ),
  weightDecayByClass: z.union([z.literal(TUNED), byClass(penalty())], {
    error: "Expected tuned, or numbers by the names of classes",
  }).optional().describe(
    "Weight decay of the last layer's row of some classes, by their names, in place of weightDecay; " +
      "each in [0, 100]. Or `tuned`, where weightDecay is tuned: once the other values are chosen, " +
      "each class takes the tried weightDecay with the least validation loss of its images, and the " +
      "model is one more training with these, whether or not it validates better than the tries.",
  ),
  clipNorm: bound().optional()
    .describe("Greatest norm of the gradient of all parameters; above 0. Default: not clipped."),
  clipValue: bound().optional().describe(
    "Greatest absolute value of an element of the gradient; above 0. Default: not clipped.",
  ),
  labelSmoothing: within("[0, 1)", (value) => value >= 0 && value < 1).default(0)
    .describe("Share ε of each target that all classes divide, in [0, 1)."),
  classWeights: z.union([z.enum(["none", "balanced"]), byClass(penalty())], {
    error: "Expected none, balanced, or numbers by the names of classes",
  }).default("none").describe(
    "What a training image of each class weighs: one; `balanced`, n ÷ (K·nₖ), so that all classes " +
      "weigh the same; or numbers by the names of classes, 1 for those that are left out. The loss is " +
      "the mean over images, as in Keras: it is not divided by their weights, as PyTorch does.",
  ),
  mixUp: within("[0, 100]", (value) => value >= 0 && value <= 100).default(0).describe(
    "MixUp's α: each embedding is mixed with another of its batch by a share from Beta(α, α); 0 for " +
      "none, in [0, 100].",
  ),
};

const section = z.object(regularizationKeys);

/** The same, as a step is given them. */
export const regularizationParams = z.strictObject({
  l1: z.number().min(0),
  l1Form: z.enum(["proximal", "subgradient"]),
  penalizeBiases: z.boolean(),
  weightDecayByClass: z.record(z.string(), z.number().min(0)),
  clipNorm: z.number().nullable(),
  clipValue: z.number().nullable(),
  labelSmoothing: z.number().min(0),
  classWeights: z.union([z.enum(["none", "balanced"]), z.record(z.string(), z.number().min(0))]),
  mixUp: z.number().min(0),
});

/** How a training is regularised, all values resolved. */
export type RegularizationParams = z.output<typeof regularizationParams>;

/** None but the optimiser's weight decay. */
export const NO_REGULARIZATION: RegularizationParams = describeRegularization(section.parse({}));

/** What a section says, with every default. */
export function describeRegularization(given: z.output<typeof section>): RegularizationParams {
  const { l1, l1Form, penalizeBiases, labelSmoothing, classWeights, mixUp } = given;
  const { weightDecayByClass = {}, clipNorm = null, clipValue = null } = given;
  return {
    l1,
    l1Form,
    penalizeBiases,
    // Those that are tuned are chosen by trainings without.
    weightDecayByClass: weightDecayByClass === TUNED ? {} : weightDecayByClass,
    clipNorm,
    clipValue,
    labelSmoothing,
    classWeights,
    mixUp,
  };
}

/**
 * What a head's training is given.
 *
 * @param classes Names of the classes.
 * @param counts Training images of each class.
 * @param weightDecay The optimiser's, for classes without one of their own.
 * @throws {RangeError} if a name is no class, or a class without images is to be balanced.
 */
export function regularize(
  params: RegularizationParams,
  classes: readonly string[],
  counts: readonly number[],
  weightDecay: number,
): { regularization: Regularization; loss: TrainingLoss } {
  const { l1, l1Form, penalizeBiases, weightDecayByClass, clipNorm, clipValue } = params;
  const own = Object.keys(weightDecayByClass).length > 0;
  return {
    regularization: {
      l1,
      l1Form,
      penalizeBiases,
      ...(own
        ? { classDecay: numbers("weightDecayByClass", classes, weightDecayByClass, weightDecay) }
        : {}),
      ...(clipNorm === null ? {} : { clipNorm }),
      ...(clipValue === null ? {} : { clipValue }),
    },
    loss: {
      smoothing: params.labelSmoothing,
      ...(params.classWeights === "none"
        ? {}
        : { classWeights: weightsOf(params.classWeights, classes, counts) }),
    },
  };
}

function weightsOf(
  weights: "balanced" | Record<string, number>,
  classes: readonly string[],
  counts: readonly number[],
): Float32Array<ArrayBuffer> {
  if (weights !== "balanced") return numbers("classWeights", classes, weights, 1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(counts, (count, i) => {
    if (count > 0) return total / (classes.length * count);
    throw new RangeError(
      `Cannot balance classes as ${JSON.stringify(classes[i])} has no training image: ` +
        `write classWeights by the names of classes`,
    );
  });
}

function numbers(
  key: string,
  classes: readonly string[],
  given: Readonly<Record<string, number>>,
  rest: number,
): Float32Array<ArrayBuffer> {
  const unknown = Object.keys(given).find((name) => !classes.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot use ${key} as ${JSON.stringify(unknown)} is no class: the classes are ${
        classes.map((name) => JSON.stringify(name)).join(", ")
      }`,
    );
  }
  return Float32Array.from(classes, (name) => Object.hasOwn(given, name) ? given[name] : rest);
}
