import assert from "node:assert/strict";
import { parse } from "yaml";
import { z } from "zod";
import { defineStage } from "../stage.ts";
import { studyJsonSchema } from "./json_schema.ts";
import { fits } from "./testing/json_schema_check.ts";
import { toyStages } from "./testing/toy_stages.ts";

const schema = studyJsonSchema(toyStages);
const HEAD = "format: 1\ntitle: {fr: Titre, en: Title}\ndata: {source: letterforms}\n";

Deno.test("the JSON Schema takes sweeps, tunes and overlays wherever a parameter stands", () => {
  const good = [
    "",
    "train: {epochs: 3, seed: {sweep: [1, 2]}, learningRate: {tune: [0.1]}}",
    "embed: {method: {sweep: [hog, pixels]}}",
    "embed: {method: hog, cells: {sweep: [4, 8]}}",
    "split: {ratios: {train: 0.8, validation: 0.1, test: 0.1}}",
    "models: {adam: {title: Adam, train: {optimizer: adam}}, lion: , hog: {embed: {cells: 4}}}",
    "text: {end: {fr: Fin, en: End}}\nquestion: Why?\nlanguages: [fr, en]\nprofile: exact",
    "claims: [{id: a, text: b, left: c}]",
    "train: {tune: {points: [{epochs: 3, learningRate: 0.1}]}}",
    "train: {epochs: 3, tune: {random: 20, learningRate: {log: [0.1, 1]}, epochs: {integer: [1, 9]}}}",
    "train: {tune: {random: {draws: 2, seed: 1, digits: 2}, optimizer: {choice: [adam, lion]}}}",
    "models: {adam: {train: {tune: {learningRate: {log: [0.1, 1]}, weightDecay: }}}}",
  ];
  for (const text of good) assert.ok(fits(parse(HEAD + text), schema), text);
});

Deno.test("the JSON Schema refuses what the study reader refuses", () => {
  const bad = [
    "trian: {}",
    "train: {epoch: 3}",
    "train: {epochs: three}",
    "train: {epochs: {sweep: []}}",
    "train: {epochs: {sweep: [three]}}",
    "train: {epochs: {sweep: [1], tune: [2]}}",
    "train: {sweep: [1]}",
    "train: {tune: [1]}",
    "train: {tune: {points: []}}",
    "train: {tune: {random: 0, learningRate: {log: [0.1, 1]}}}",
    "train: {tune: {random: {draw: 2}, learningRate: {log: [0.1, 1]}}}",
    "train: {tune: {random: 2, learningRate: {normal: [0.1, 1]}}}",
    "train: {tune: {random: 2, learningRate: {log: [0.1]}}}",
    "train: {epochs: {tune: {random: 2}}}",
    "models: {adam: {trian: {}}}",
    "models: {adam: {train: {epoch: 3}}}",
    "models: {'a b': {train: {epochs: 3}}}",
    "title: {sweep: [a, b]}",
    "split: {ratios: {train: 0.8}}",
    "claims: [{id: a, text: b}]",
    "profile: fast",
  ];
  for (const text of bad) assert.ok(!fits({ ...parse(HEAD), ...parse(text) }, schema), text);
  assert.ok(!fits(parse("format: 1\ntitle: A\n"), schema));
  assert.ok(!fits(parse("format: 2\ntitle: A\ndata: {source: letterforms}\n"), schema));
});

Deno.test("the JSON Schema knows sections that a name stands for, and keys filled in", () => {
  const section = z.preprocess(
    (value) =>
      typeof value === "string" ? { method: value } : { method: "hog", ...value as object },
    z.discriminatedUnion("method", [
      z.strictObject({ method: z.literal("hog"), cells: z.int().default(8) }),
      z.strictObject({ method: z.literal("pixels") }),
    ]),
  );
  const own = studyJsonSchema([defineStage({ name: "embed", section, steps: () => [] })]);
  const takes = (embed: string) => fits(parse(`format: 1\ntitle: A\nembed: ${embed}\n`), own);
  for (const good of ["pixels", "{cells: 4}", "{method: pixels}"]) assert.ok(takes(good), good);
  for (const bad of ["pixel", "{cell: 4}", "3"]) assert.ok(!takes(bad), bad);
});

Deno.test("the JSON Schema is plain JSON with the descriptions and defaults of the stages", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(schema)), schema);
  const { properties } = schema as { properties: Record<string, Record<string, unknown>> };
  assert.equal(properties.title.description, "Title of the note.");
  const train = properties.train.properties as Record<string, Record<string, unknown>>;
  assert.equal(train.epochs.default, 100);
});
