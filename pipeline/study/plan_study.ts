/**
 * Plans a study: from its file to the nodes that the engine runs.
 *
 * @module
 */
import type { Plan, PlanNode } from "../plan.ts";
import type { AnyStage, StudyFacts } from "../stage.ts";
import type { DraftNode, Point } from "./draft.ts";
import { studyFacts } from "./facts.ts";
import { commonLabel, nodeIds } from "./labels.ts";
import type { Study } from "./load.ts";
import { type Model, readModels } from "./points.ts";
import { Problems } from "./problems.ts";
import { localize, type LocalizedInput } from "./schema.ts";
import { type Section, SectionReader } from "./sections.ts";
import { StepReader } from "./step_uses.ts";
import { readStudyValues } from "./study_values.ts";
import { checkTexts, hasProse, type TextRules } from "./texts.ts";
import { child, type Tree } from "./tree.ts";
import { wire } from "./wire.ts";

/** Options of {@linkcode planStudy}. */
export interface PlanOptions {
  /** How texts are checked; without, they are not. */
  textRules?: TextRules;
  /** Languages that notes can be written in; without, any. */
  languages?: readonly string[];
}

/**
 * Resolves a study into its nodes.
 *
 * Each model (a point of `models` and of sweeps), each of its replicates (swept seeds and folds)
 * and each of its candidates (tuned values) walks through the stages in their order; equal steps
 * with equal inputs become one node.
 *
 * @param stages Every stage, in the order of the pipeline.
 * @throws {StudyError} with every problem found and its place in the file.
 *
 * @example
 * ```ts
 * import { z } from "zod";
 * import { defineStage, defineStep } from "../stage.ts";
 * import { parseStudy } from "./load.ts";
 * import { planStudy } from "./plan_study.ts";
 * import assert from "node:assert/strict";
 *
 * const fit = defineStep({
 *   name: "train.fit",
 *   module: import.meta.url,
 *   scope: "try",
 *   params: z.object({ rate: z.number() }),
 *   inputs: {},
 *   outputs: { weights: { format: "safetensors" } },
 *   run: async () => {},
 * });
 * const train = defineStage({
 *   name: "train",
 *   section: z.object({ rate: z.number().default(0.1) }),
 *   steps: (section) => [{ step: fit, params: section }],
 * });
 * const text = "format: 1\ntitle: Rates\ntrain: {rate: {sweep: [0.1, 0.01]}}\n";
 * const { nodes } = planStudy(parseStudy(text, "reports/rates/study.yaml"), [train]);
 * assert.deepEqual(nodes.map(({ id }) => id), ["train.fit[0.1]", "train.fit[0.01]"]);
 * ```
 */
export function planStudy(
  study: Study,
  stages: readonly AnyStage[],
  { textRules, languages }: PlanOptions = {},
): Plan {
  const { root, source } = study;
  const problems = new Problems(source);
  const values = readStudyValues(root, stages, languages, problems);
  const models = readModels(root, stages.map(({ name }) => name), problems);
  const sections = readSections(study, stages, models, problems);
  checkOverrides(study.overridden, root, models, problems);
  refuseTwins(models, problems);
  problems.throwIfAny();

  const first = sections.map((ofModel) => ofModel[0].sections);
  const facts = studyFacts(study.name, values!, models, first);
  const steps = new StepReader(facts, problems);
  const points: Point[] = sections.flat().map(({ sections, ...place }) => ({
    ...place,
    uses: sections.map((section) => steps.of(section)),
    written: new Map(),
  }));
  if (textRules !== undefined && hasProse(root)) {
    checkTexts(root, source, textRules, citable(sections.flat(), facts), problems);
  }
  problems.throwIfAny();

  const names = stages.map(({ name }) => name);
  const differing = names.filter((name) =>
    models.some((model) => model.sections.get(name) !== models[0].sections.get(name))
  );
  const nodes = wire(points, names, new Set(differing), problems);
  problems.throwIfAny();
  return {
    study: study.name,
    title: titleOf(values!.title, values!.languages),
    profile: values!.profile,
    languages: values!.languages,
    nodes: finish(nodes, models),
  };
}

/** A point before its steps are known. */
interface SectionsAtPoint extends Pick<Point, "model" | "replicate" | "candidate"> {
  sections: readonly Section[];
}

/** The sections at each point of each model; points with a bad section are left out. */
function readSections(
  { root }: Study,
  stages: readonly AnyStage[],
  models: readonly Model[],
  problems: Problems,
): SectionsAtPoint[][] {
  const reader = new SectionReader(root, problems);
  return models.map((model) => {
    const points: SectionsAtPoint[] = [];
    for (const replicate of model.replicates) {
      for (const candidate of model.candidates) {
        const sections = stages.map((stage) => reader.at(stage, model, replicate, candidate));
        if (sections.includes(undefined)) continue;
        points.push({ model, replicate, candidate, sections: sections as Section[] });
      }
    }
    return points;
  });
}

/** Refuses an override that every model's own value hides. */
function checkOverrides(
  values: readonly Tree[],
  root: Tree,
  models: readonly Model[],
  problems: Problems,
): void {
  for (const value of values) {
    const steps = value.path.split(".");
    // A later override may have replaced this one, as the last one wins.
    if (follow(root, steps) !== value || steps[0] === "models") continue;
    const [stage, ...rest] = steps;
    const reached = models.filter((model) => {
      const section = model.sections.get(stage);
      return section === undefined || follow(section, rest)?.at === value.at;
    });
    // A swept override has given way to its values.
    if (reached.length > 0 || value.kind !== "scalar") continue;
    problems.addAt(value.at, value.path, "has no effect, as every model sets its own", {
      hint: `write --set models.${models[0]?.name}.${value.path}=…`,
    });
  }
}

function follow(tree: Tree | undefined, steps: readonly string[]): Tree | undefined {
  return steps.reduce<Tree | undefined>((at, step) => at && child(at, step), tree);
}

/** Refuses two named models with the same sections: their results could not differ. */
function refuseTwins(models: readonly Model[], problems: Problems): void {
  const seen = new Map<string, Model>();
  for (const model of models) {
    const identity = JSON.stringify([...model.sections].map(([name, tree]) => [name, plain(tree)]));
    const twin = seen.get(identity);
    if (twin === undefined) {
      seen.set(identity, model);
      continue;
    }
    const { place } = model;
    problems.addAt(place.keyAt, place.path, `asks for the same as ${twin.place.path}`, {
      hint: "let it differ in at least one value, or take it away",
    });
  }
}

/** A text that is equal for equal values, whatever the order of keys. */
function plain(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plain);
  const entries = [...tree.entries].sort(([a], [b]) => a < b ? -1 : 1);
  return ["map", ...entries.map(([key, value]) => [key, plain(value)])];
}

/** Every name that texts may cite. */
function citable(points: readonly SectionsAtPoint[], facts: StudyFacts): Set<string> {
  const names = new Set<string>();
  for (const section of new Set(points.flatMap(({ sections }) => sections))) {
    if (section.value === undefined) continue;
    for (const name of section.stage.values?.(section.value, facts) ?? []) names.add(name);
  }
  return names;
}

function titleOf(title: LocalizedInput, languages: readonly string[]): string {
  return localize(title, languages)[languages[0]];
}

function finish(nodes: readonly DraftNode[], models: readonly Model[]): PlanNode[] {
  const ids = nodeIds(nodes, models);
  return nodes.map((node, i) => ({
    id: ids[i],
    step: node.use.step,
    params: node.use.params,
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([port, list]) => [
        port,
        list.map(({ node, port, label }) => ({ node: ids[node.index], port, label })),
      ]),
    ),
    label: commonLabel(node.labels),
  }));
}
