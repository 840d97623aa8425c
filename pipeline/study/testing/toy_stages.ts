/**
 * Small stages in the shape of the real ones, for the tests of this folder. Nothing runs.
 *
 * @module
 */
import { z } from "zod";
import {
  type AnyStage,
  type AnyStep,
  defineStage,
  type InputPort,
  type OutputPort,
  type Scope,
} from "../../stage.ts";

/** A step that declares what it is told to and does nothing. */
export function toyStep(
  name: `${string}.${string}`,
  scope: Scope,
  params: z.ZodType,
  inputs: Record<string, InputPort>,
  outputs: Record<string, OutputPort>,
): AnyStep {
  return { name, module: import.meta.url, scope, params, inputs, outputs, run: async () => {} };
}

const json = { format: "json" } as const;
const many = { format: "json", many: true } as const;

const load = toyStep("data.letters", "try", z.object({ source: z.string() }), {}, {
  images: json,
  classes: json,
});
const assign = toyStep(
  "split.assign",
  "replicate",
  z.object({ ratios: z.record(z.string(), z.number()), seed: z.int(), fold: z.int().optional() }),
  { images: json },
  { partition: json },
);
const augment = toyStep(
  "augment.apply",
  "try",
  z.object({ copies: z.int(), shift: z.int(), seed: z.int() }),
  { images: json, partition: json },
  { images: json, partition: json, augmentReport: json },
);
const hog = toyStep("embed.hog", "try", z.object({ cells: z.int() }), { images: json }, {
  embeddings: json,
});
const pixels = toyStep("embed.pixels", "try", z.object({}), { images: json }, { embeddings: json });

const fitParams = z.object({
  optimizer: z.string(),
  learningRate: z.number(),
  weightDecay: z.number(),
  epochs: z.int(),
  seed: z.int(),
});
const fit = toyStep("train.fit", "try", fitParams, { embeddings: json, partition: json }, {
  weights: json,
  summary: json,
});
const select = toyStep("train.select", "model", z.object({ criterion: z.string() }), {
  summary: many,
}, { choice: json });
const pick = toyStep("train.pick", "replicate", z.object({}), {
  choice: json,
  weights: many,
  summary: many,
}, { weights: json, summary: json });

const score = toyStep("evaluate.model", "replicate", z.object({ bootstrap: z.int() }), {
  weights: json,
  embeddings: json,
  partition: json,
}, { metrics: json });
const compare = toyStep("evaluate.compare", "study", z.object({ alpha: z.number() }), {
  metrics: many,
  choice: { ...many, optional: true },
}, { comparison: json });
const judge = toyStep("claims.judge", "study", z.object({ claims: z.array(z.unknown()) }), {
  comparison: json,
}, { verdicts: json });
const write = toyStep("report.note", "study", z.object({ title: z.string() }), {
  comparison: json,
  verdicts: { ...json, optional: true },
  augmentReport: { ...many, optional: true },
  partition: many,
  summary: many,
  embeddings: many,
}, { note: json });

const ratios = z.strictObject({
  train: z.number().positive(),
  validation: z.number().positive(),
  test: z.number().positive(),
}).refine((r) => Math.abs(r.train + r.validation + r.test - 1) < 1e-9, {
  error: (issue) => {
    const r = issue.input as Record<string, number>;
    return `the ratios must sum to 1: current sum is ${r.train + r.validation + r.test}`;
  },
});

/** The stages, in order. */
export const toyStages: AnyStage[] = [
  defineStage({
    name: "data",
    section: z.object({ source: z.enum(["letterforms", "fashion-mnist"]) }),
    steps: ({ source }) => [{ step: load, params: { source } }],
  }),
  defineStage({
    name: "split",
    section: z.object({
      ratios: ratios.default({ train: 0.8, validation: 0.1, test: 0.1 }),
      seed: z.int().min(0).default(1),
      fold: z.int().optional(),
    }),
    steps: (section) => [{ step: assign, params: section }],
  }),
  defineStage({
    name: "augment",
    section: z.object({
      copies: z.int().min(0).default(0),
      shift: z.int().default(1),
      seed: z.int().default(1),
    }),
    steps: (section) => section.copies === 0 ? [] : [{ step: augment, params: section }],
  }),
  defineStage({
    name: "embed",
    section: z.discriminatedUnion("method", [
      z.object({ method: z.literal("hog"), cells: z.int().positive().default(8) }),
      z.object({ method: z.literal("pixels") }),
    ]).prefault({ method: "hog" }),
    steps: (section) =>
      section.method === "hog"
        ? [{ step: hog, params: { cells: section.cells } }]
        : [{ step: pixels, params: {} }],
  }),
  defineStage({
    name: "train",
    section: z.object({
      optimizer: z.enum(["sgd", "adam", "adamw", "lion"]).default("adam"),
      learningRate: z.number().positive().default(0.001),
      weightDecay: z.number().min(0).default(0),
      epochs: z.int().positive().default(100),
      batchSize: z.int().positive().default(32),
      seed: z.int().min(0).default(1),
      criterion: z.enum(["loss", "accuracy"]).default("loss"),
    }),
    steps: ({ criterion, batchSize: _, ...params }) => [
      { step: fit, params },
      { step: select, params: { criterion } },
      { step: pick, params: {} },
    ],
  }),
  defineStage({
    name: "evaluate",
    section: z.object({
      bootstrap: z.int().default(2000),
      alpha: z.number().gt(0).lt(1).default(0.05),
    }),
    steps: ({ bootstrap, alpha }) => [
      { step: score, params: { bootstrap } },
      { step: compare, params: { alpha } },
    ],
    values: (_, { models }) => models.map(({ name }) => `${name}.accuracy`),
  }),
  defineStage({
    name: "claims",
    section: z.array(z.strictObject({
      id: z.string(),
      text: z.union([z.string(), z.record(z.string(), z.string())]),
      left: z.string(),
      margin: z.number().default(0),
    })).default([]),
    steps: (claims) => claims.length === 0 ? [] : [{ step: judge, params: { claims } }],
  }),
  defineStage({
    name: "report",
    section: z.object({}),
    steps: (_, { study }) => [
      { step: write, params: { title: Object.values(study.title as object)[0] } },
    ],
  }),
];
