/**
 * What a study says of heads that are fitted in one go: forms of the section's key `head`, and the
 * heads that they describe.
 *
 * @module
 */
import { z } from "zod";
import type { FittedDescription } from "../../core/fitted/registry.ts";
import { between, count } from "./ranges.ts";

const forest = z.strictObject({
  kind: z.literal("forest"),
  trees: count(10_000).default(200).describe("Number of trees, in [1, 10000]."),
  maxFeatures: z.union([z.enum(["sqrt", "log2", "all"]), count(1_000_000)]).default("sqrt")
    .describe("Features that are looked at for each split: of d, √d, log₂ d or all; or a number."),
  maxDepth: count(10_000).nullable().default(null)
    .describe("Splits on the way to a leaf, at most, in [1, 10000]; without, there is no bound."),
  minLeaf: count(1_000_000).default(1)
    .describe("Training images in a leaf, at least, in [1, 1000000]."),
  bins: z.int().min(2, between(2, 256)).max(256, between(2, 256)).default(256)
    .describe("Bins of each feature's values, at most, in [2, 256]."),
  bootstrap: z.boolean().default(true)
    .describe("Whether each tree gets a sample of its own, drawn with replacement."),
  classWeight: z.enum(["uniform", "balanced"]).default("uniform")
    .describe("Balanced: images of rare classes weigh more, so that all classes weigh alike."),
});

const metric = z.enum(["euclidean", "cosine"]).default("euclidean")
  .describe("How far apart two embeddings are.");

const knn = z.strictObject({
  kind: z.literal("knn"),
  neighbors: count(10_000).default(5)
    .describe("Training images that answer, the nearest ones, in [1, 10000]."),
  metric,
  weights: z.enum(["uniform", "distance"]).default("uniform")
    .describe("What a neighbour's vote counts: the same, or 1 over its distance."),
});

const centroid = z.strictObject({
  kind: z.literal("centroid"),
  metric,
  shrinkage: z.number().min(0, between(0, 1000)).max(1000, between(0, 1000)).default(0).describe(
    "Standard deviations by which centroids are drawn to the mean of all images, in [0, 1000].",
  ),
});

/** Forms of the section's key `head`. */
export const fittedForms = [forest, knn, centroid] as const;

/** A fitted head as the section has it. */
export type FittedForm = z.output<(typeof fittedForms)[number]>;

/** The head that a section describes. */
export function describeFitted({ kind, ...options }: FittedForm): FittedDescription {
  return { name: kind, ...options } as FittedDescription;
}

/** Whether a head draws random numbers: only then has a seed an effect. */
export function draws({ name }: FittedDescription): boolean {
  return name === "forest";
}

function named<Name extends string, T extends z.ZodRawShape>(
  form: z.ZodObject<{ kind: z.ZodLiteral<Name> } & T>,
) {
  const { kind: _, ...options } = form.shape;
  return { name: z.literal(form.shape.kind.value), ...options };
}

/** A fitted head, all values resolved: what a step is given, and a summary tells. */
export const fittedParams = z.discriminatedUnion("name", [
  z.strictObject(named(forest)),
  z.strictObject(named(knn)),
  z.strictObject(named(centroid)),
]);
