import assert from "node:assert/strict";
import { z } from "zod";
import type { Plan } from "../plan.ts";
import { type AnyStage, defineStage, type StudyFacts } from "../stage.ts";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { toyStages, toyStep } from "./testing/toy_stages.ts";

const HEAD = "format: 1\ntitle: Toy\ndata: {source: letterforms}\n";

function plan(text: string, overrides: string[] = []): Plan {
  return planStudy(parseStudy(HEAD + text, "reports/toy/study.yaml", { overrides }), toyStages);
}

const ids = (plan: Plan) => plan.nodes.map(({ id }) => id);

Deno.test("a study without anything to vary is one model", () => {
  const { study, title, profile, nodes } = plan("");
  assert.deepEqual({ study, title, profile }, { study: "toy", title: "Toy", profile: "exact" });
  assert.deepEqual(nodes.map(({ id }) => id), [
    "data.letters",
    "split.assign",
    "embed.hog",
    "train.fit",
    "train.select",
    "train.pick",
    "evaluate.model",
    "evaluate.compare",
    "report.note",
  ]);
});

Deno.test("models, seeds and tuned values multiply the steps that they reach, and no others", () => {
  const nodes = ids(plan(`
train:
  seed: {sweep: [1, 2]}
  learningRate: {tune: [0.1, 0.01, 0.001]}
models:
  adam: {train: {optimizer: adam}}
  lion: {train: {optimizer: lion, learningRate: {tune: [0.01, 0.001]}}}
`));
  const count = (step: string) => nodes.filter((id) => id.split("[")[0] === step).length;
  assert.equal(count("data.letters"), 1);
  assert.equal(count("embed.hog"), 1);
  assert.equal(count("train.fit"), 2 * 3 + 2 * 2);
  assert.equal(count("train.select"), 2);
  assert.equal(count("train.pick"), 4);
  assert.equal(count("evaluate.model"), 4);
  assert.equal(count("report.note"), 1);
  assert.ok(nodes.includes("train.fit[lion, seed=2, learningRate=0.01]"));
  assert.ok(nodes.includes("train.select[lion]"));
  assert.ok(nodes.includes("train.pick[adam, seed=1]"));
});

Deno.test("a step reads what the nearest earlier step wrote", () => {
  const { nodes } = plan("train: {learningRate: {tune: [0.1, 0.01]}}\naugment: {copies: 2}\n");
  const sources = (id: string, port: string) =>
    nodes.find((node) => node.id === id)!.inputs[port].map(({ node }) => node);
  assert.deepEqual(sources("augment.apply", "images"), ["data.letters"]);
  assert.deepEqual(sources("embed.hog", "images"), ["augment.apply"]);
  assert.deepEqual(sources("train.pick", "weights"), [
    "train.fit[learningRate=0.1]",
    "train.fit[learningRate=0.01]",
  ]);
  assert.deepEqual(sources("evaluate.model", "weights"), ["train.pick"]);
  assert.deepEqual(sources("report.note", "summary"), ["train.pick"]);
});

Deno.test("gathered inputs are labelled by the part of their point below the reader's", () => {
  const { nodes } = plan(`
train: {seed: {sweep: [1, 2]}, learningRate: {tune: [0.1, 0.01]}}
models:
  adam: {train: {optimizer: adam}}
  hog: {train: {optimizer: lion}, embed: {method: hog, cells: 4}}
`);
  const labels = (id: string, port: string) =>
    nodes.find((node) => node.id === id)!.inputs[port]
      .map(({ label }) => [label.model, label.replicate, label.candidate].join("|"));
  assert.deepEqual(labels("train.select[adam]", "summary"), [
    "|seed=1|learningRate=0.1",
    "|seed=1|learningRate=0.01",
    "|seed=2|learningRate=0.1",
    "|seed=2|learningRate=0.01",
  ]);
  assert.deepEqual(labels("train.pick[hog, seed=2]", "weights"), [
    "||learningRate=0.1",
    "||learningRate=0.01",
  ]);
  assert.deepEqual(labels("evaluate.model[hog, seed=2]", "weights"), ["||"]);
  assert.deepEqual(labels("evaluate.compare", "metrics"), [
    "adam|seed=1|",
    "adam|seed=2|",
    "hog|seed=1|",
    "hog|seed=2|",
  ]);
  assert.deepEqual(labels("evaluate.compare", "choice"), ["adam||", "hog||"]);
  // The models differ in their embedding, its seeds and tries do not.
  assert.deepEqual(labels("report.note", "embeddings"), ["adam||", "hog||"]);
  assert.deepEqual(ids({ nodes } as Plan).filter((id) => id.startsWith("embed")), [
    "embed.hog[adam]",
    "embed.hog[hog]",
  ]);
});

Deno.test("what all models and seeds share is gathered once, without a label", () => {
  const gathered = (text: string) =>
    plan(text).nodes.at(-1)!.inputs.partition
      .map(({ node, label }) => [node, label.model, label.replicate]);
  const models = "models:\n  a: {train: {epochs: 1}}\n  b: {train: {epochs: 2}}\n";
  assert.deepEqual(gathered(`${models}train: {seed: {sweep: [1, 2]}}\n`), [
    ["split.assign", "", ""],
  ]);
  // A label that is there is the whole one, so that it can be looked up.
  assert.deepEqual(
    gathered(`${models}train: {seed: {sweep: [1, 2]}}\nsplit: {fold: {sweep: [0]}}\n`),
    [
      ["split.assign", "", "fold=0 seed=1"],
      ["split.assign", "", "fold=0 seed=2"],
    ],
  );
});

Deno.test("a node that some models share is named by all of them", () => {
  const nodes = ids(plan(`
models:
  a: {train: {optimizer: adam}}
  b: {train: {optimizer: lion}}
  c: {embed: {method: hog, cells: 4}}
`));
  assert.deepEqual(nodes.filter((id) => id.startsWith("embed")), [
    "embed.hog[a+b]",
    "embed.hog[c]",
  ]);
});

Deno.test("models that turn out equal are still gathered one by one", () => {
  // The tool that compares them must see both names, though the work is done once.
  const { nodes } = plan("train: {batchSize: {sweep: [16, 32]}}");
  assert.equal(nodes.filter(({ step }) => step.name === "evaluate.model").length, 1);
  const compare = nodes.find(({ step }) => step.name === "evaluate.compare")!;
  assert.deepEqual(compare.inputs.metrics.map(({ node, label }) => [node, label.model]), [
    ["evaluate.model", "batchSize-16"],
    ["evaluate.model", "batchSize-32"],
  ]);
});

Deno.test("swept values name their models, safely", () => {
  const names = (text: string) => factsOf(text).models.map(({ name }) => name);
  assert.deepEqual(names(""), ["model"]);
  assert.deepEqual(names("train: {optimizer: {sweep: [adam, lion]}}"), ["adam", "lion"]);
  assert.deepEqual(names("train: {learningRate: {sweep: [0.1, 1.0e-7]}}"), [
    "learningRate-0_1",
    "learningRate-1e-7",
  ]);
  assert.deepEqual(names("train: {optimizer: {sweep: [adam, lion]}, epochs: {sweep: [1, 2]}}"), [
    "optimizer-adam_epochs-1",
    "optimizer-adam_epochs-2",
    "optimizer-lion_epochs-1",
    "optimizer-lion_epochs-2",
  ]);
  assert.deepEqual(names("models:\n  a: {train: {epochs: {sweep: [1, 2]}}}\n  b: {}\n"), [
    "a_epochs-1",
    "a_epochs-2",
    "b",
  ]);
});

Deno.test("a swept number or choice is titled with its name, a swept name by itself", () => {
  const titles = (text: string) => {
    const { study, models } = factsOf(text);
    const of = study.models as Record<string, { title: Record<string, string> }>;
    return models.map(({ name }) => of[name].title.en);
  };
  assert.deepEqual(titles("train: {optimizer: {sweep: [adam, lion]}}"), ["adam", "lion"]);
  assert.deepEqual(titles("train: {learningRate: {sweep: [0.1, 0.01]}}"), [
    "learningRate=0.1",
    "learningRate=0.01",
  ]);
});

Deno.test("stages are told the models, their sections and the study's texts", () => {
  const facts = factsOf(`
languages: [fr, en]
question: {fr: Quoi ?, en: What?}
train: {seed: {sweep: [3, 4]}, learningRate: {tune: [0.1, 0.01]}}
models:
  adam: {title: {fr: Adame, en: Adam}, train: {optimizer: adam}}
  lion: {train: {optimizer: lion, learningRate: 0.001}}
claims: [{id: better, text: So, left: adam.accuracy}]
text: {end: Fin}
`);
  assert.equal(facts.name, "toy");
  const [adam, lion] = facts.models;
  assert.deepEqual(adam.replicates, ["seed=3", "seed=4"]);
  assert.deepEqual(adam.candidates, ["learningRate=0.1", "learningRate=0.01"]);
  assert.deepEqual(lion.candidates, [""]);
  assert.deepEqual(adam.sections.train, {
    optimizer: "adam",
    learningRate: [0.1, 0.01],
    weightDecay: 0,
    epochs: 100,
    batchSize: 32,
    seed: [3, 4],
    criterion: "loss",
  });
  assert.equal((lion.sections.train as { learningRate: number }).learningRate, 0.001);
  assert.deepEqual(facts.study.title, { fr: "Toy", en: "Toy" });
  assert.deepEqual(facts.study.question, { fr: "Quoi ?", en: "What?" });
  assert.deepEqual(facts.study.text, { end: { fr: "Fin", en: "Fin" } });
  assert.deepEqual(facts.study.models, {
    adam: { title: { fr: "Adame", en: "Adam" } },
    lion: { title: { fr: "lion", en: "lion" } },
  });
  assert.deepEqual(facts.study.claims, [
    { id: "better", text: "So", left: "adam.accuracy", margin: 0 },
  ]);
  assert.equal(facts.study.train, undefined);
  assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts);
});

Deno.test("swept seeds of two sections keep their sections' names", () => {
  const nodes = ids(plan("train: {seed: {sweep: [1, 2]}}\nsplit: {seed: {sweep: [1, 2]}}\n"));
  assert.ok(nodes.includes("split.assign[split.seed=2]"));
  assert.ok(nodes.includes("train.fit[split.seed=1 train.seed=2]"));
  assert.equal(nodes.filter((id) => id.startsWith("split.assign")).length, 2);
});

Deno.test("a model's empty value takes the study's away", () => {
  const { models } = factsOf(`
train: {epochs: 7, learningRate: {tune: [0.1, 0.01]}}
models:
  a: {train: {epochs: , learningRate: }}
  b: {train: }
`);
  const [a, b] = models.map(({ sections }) => sections.train as Record<string, unknown>);
  assert.deepEqual([a.epochs, a.learningRate], [100, 0.001]);
  assert.deepEqual([b.epochs, b.learningRate], [7, [0.1, 0.01]]);
});

Deno.test("overrides change the plan as the file would", () => {
  const models =
    "models:\n  adam: {train: {optimizer: adam}}\n  lion: {train: {optimizer: lion}}\n";
  assert.deepEqual(
    plan(`train: {epochs: 1}\n${models}`, ["train.epochs=5", "models.lion.train.epochs=6"]),
    plan(`train: {epochs: 5}\n${models.replace("lion}", "lion, epochs: 6}")}`),
  );
});

Deno.test("a stage that refuses a study is heard, with its section's line", () => {
  const refusing = (error: Error): AnyStage =>
    defineStage({
      name: "check",
      section: z.object({ least: z.number() }),
      steps: () => {
        throw error;
      },
    });
  const message = (error: Error) => {
    const study = parseStudy(`${HEAD}check:\n  least: 3\n`, "s.yaml");
    return thrownBy(() => planStudy(study, [...toyStages, refusing(error)]));
  };
  assert.equal(message(new RangeError("Too few")), "s.yaml:4:1: check: Too few");
  const zodError = new z.ZodError([
    { code: "custom", path: ["least"], message: "Too few", input: 3 },
  ]);
  assert.equal(message(zodError), "s.yaml:5:10: check.least: Too few");
  assert.equal(message(new TypeError("a defect")), "a defect");
});

Deno.test("a port that nobody writes is told with the step and the stages left out", () => {
  const message = (stages: AnyStage[]) =>
    thrownBy(() => planStudy(parseStudy(`${HEAD}train: {}\n`, "s.yaml"), stages));
  const [data, split, augment, embed, train] = toyStages;
  assert.equal(
    message([data, split, augment, train]),
    "s.yaml:4:1: train: train.fit reads the port embeddings, which no earlier step writes (no " +
      "step of this study writes it; without steps here: augment)",
  );
  assert.equal(
    message([data, split, augment, train, embed]),
    "s.yaml:4:1: train: train.fit reads the port embeddings, which no earlier step writes " +
      "(embed.hog writes it, but comes later)",
  );
  const step = toyStep("other.read", "try", z.object({}), { images: { format: "csv" } }, {});
  const other = defineStage({
    name: "train",
    section: z.object({}),
    steps: () => [{ step, params: {} }],
  });
  assert.equal(
    message([data, other]),
    "s.yaml:4:1: train: other.read reads the port images as csv, but data.letters writes it as json",
  );
});

Deno.test("params that are no plain JSON, or not what the step takes, are refused", () => {
  const message = (params: unknown) => {
    const step = toyStep("odd.step", "try", z.object({ rate: z.unknown().optional() }), {}, {});
    const odd = defineStage({
      name: "train",
      section: z.object({}),
      steps: () => [{ step, params }],
    });
    const study = parseStudy(`${HEAD}train: {}\n`, "s.yaml");
    return thrownBy(() => planStudy(study, [toyStages[0], odd]));
  };
  assert.match(
    message({ rate: NaN })!,
    /^s\.yaml:4:1: train: the params of odd\.step are not plain/,
  );
  assert.equal(message(3), "s.yaml:4:1: train: odd.step: expected a map, found 3");
  assert.equal(message({ rate: [1, "a"] }), "");
});

/** Message of what a function throws; empty if it returns. */
function thrownBy(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** What the last stage is told about a study. */
function factsOf(text: string): StudyFacts {
  let told: StudyFacts | undefined;
  const listener = defineStage({
    name: "listener",
    section: z.object({}),
    steps: (_, facts) => {
      told = facts;
      return [];
    },
  });
  planStudy(parseStudy(HEAD + text, "reports/toy/study.yaml"), [...toyStages, listener]);
  return told!;
}
