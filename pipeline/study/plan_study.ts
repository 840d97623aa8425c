/**
 * Plans a study: from its file to the nodes that the engine runs.
 *
 * @module
 */
import type { Plan, PlanNode } from "../plan.ts";
import type { AnyStage, SearchRound, StudyFacts } from "../stage.ts";
import type { DraftNode, Point } from "./draft.ts";
import { studyFacts } from "./facts.ts";
import { commonLabel, nodeIds } from "./labels.ts";
import type { Study } from "./load.ts";
import type { DrawNumber } from "./joint_search.ts";
import { readOutsideModels } from "./outside.ts";
import { type Model, readModels } from "./points.ts";
import { Problems } from "./problems.ts";
import { localize, type LocalizedInput } from "./schema.ts";
import { type Section, SectionReader } from "./sections.ts";
import type { Setting } from "./settings.ts";
import { StepReader } from "./step_uses.ts";
import { readStudyValues } from "./study_values.ts";
import { checkTexts, hasProse, type TextRules } from "./texts.ts";
import { wire } from "./wire.ts";
import { refuseHiddenOverrides, refuseIdle, refuseWithoutEffect } from "./without_effect.ts";

/** Options of {@linkcode planStudy}. */
export interface PlanOptions {
  /** How texts are checked; without, they are not. */
  textRules?: TextRules;
  /** Languages that notes can be written in; without, any. */
  languages?: readonly string[];
  /** What random searches draw by; without, a study cannot have one. */
  draw?: DrawNumber;
  /** Whether a file of a study's folder is there; without, all that it names are. */
  isThere?: (study: string, file: string) => boolean;
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
  { textRules, languages, draw, isThere }: PlanOptions = {},
): Plan {
  const { root, source } = study;
  const problems = new Problems(source);
  const values = readStudyValues(root, stages, languages, problems);
  const trained = readModels(root, stages.map(({ name }) => name), draw, problems);
  const models = [
    ...trained,
    ...readOutsideModels(
      root,
      stages,
      trained,
      problems,
      isThere && ((file) => isThere(study.name, file)),
    ),
  ];
  const sections = readSections(study, stages, models, problems);
  refuseHiddenOverrides(study.overridden, root, trained, problems);
  problems.throwIfAny();

  const first = sections.map((ofModel) => ofModel[0].sections);
  const facts = studyFacts(study.name, values!, models, first);
  const steps = new StepReader(facts, problems);
  const points: Point[] = sections.flat().map(({ sections, ...place }) => ({
    ...place,
    uses: sections.map((section) =>
      steps.of(section, place.model, roundOf(section, place.candidate))
    ),
    written: new Map(),
  }));
  const names = stages.map(({ name }) => name);
  refuseWithoutEffect(sections.flat().flatMap((point) => point.sections), problems);
  // A section that was refused asks for no step, and a sweep of what has no effect makes equal models:
  // what was found says it better.
  if (problems.size === 0) refuseIdle(points, names, problems);
  if (textRules !== undefined && hasProse(root)) {
    checkTexts(root, source, textRules, citable(sections.flat(), facts), problems);
  }
  problems.throwIfAny();

  const differing = names.filter((name) =>
    trained.some((model) => model.sections.get(name) !== trained[0].sections.get(name))
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
        const before = problems.size;
        const sections = stages.map((stage) =>
          model.file !== undefined && stage.outside === null
            ? reader.none(stage)
            : reader.at(stage, model, replicate, candidate)
        );
        // A range that reaches too far would be told for each draw from it.
        if (problems.size > before && candidate.drawn) break;
        if (sections.includes(undefined)) continue;
        points.push({ model, replicate, candidate, sections: sections as Section[] });
      }
    }
    return points;
  });
}

/** Where a candidate stands in the search of a section's own values. */
function roundOf({ stage }: Section, { searches }: Setting): SearchRound | undefined {
  return searches?.get(stage.name);
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
