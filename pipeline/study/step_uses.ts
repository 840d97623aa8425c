/**
 * The steps that each section asks for, with their params checked.
 *
 * @module
 */
import { z } from "zod";
import { canonicalJson } from "../canonical.ts";
import type { AnyStep, OutsideModel, SearchRound, StepUse, StudyFacts } from "../stage.ts";
import type { Model } from "./points.ts";
import type { Problems } from "./problems.ts";
import type { Section } from "./sections.ts";
import { addIssues, PARSE_OPTIONS } from "./zod_problems.ts";

/** A step with its params as the step's schema returned them. */
export interface CheckedUse {
  readonly step: AnyStep;
  readonly params: unknown;
  /** Canonical JSON of the params: equal texts, equal params. */
  readonly canonical: string;
  /** Where the params come from, for messages. */
  readonly section: Section;
  /** Whether it is asked for by a model whose answers come from a file, and by no other. */
  readonly isOutside: boolean;
}

/** Asks stages for their steps, once for each distinct section. */
export class StepReader {
  readonly #facts: StudyFacts;
  readonly #problems: Problems;
  readonly #known = new Map<SearchRound | undefined, Map<Section, readonly CheckedUse[]>>();

  constructor(facts: StudyFacts, problems: Problems) {
    this.#facts = facts;
    this.#problems = problems;
  }

  /**
   * The steps of a section for a model, in order. Notes a problem where the stage refuses the section (it may
   * throw a `RangeError`, or a `ZodError` whose paths are the section's), or a step its params.
   */
  of(
    section: Section,
    { name, file }: Pick<Model, "name" | "file">,
    round?: SearchRound,
  ): readonly CheckedUse[] {
    const model = file === undefined || !section.stage.outside ? undefined : { name, file };
    let ofRound = this.#known.get(round);
    if (ofRound === undefined) this.#known.set(round, ofRound = new Map());
    const known = model === undefined ? ofRound.get(section) : undefined;
    if (known !== undefined) return known;
    const uses: CheckedUse[] = [];
    for (const use of this.#ask(section, model, round)) {
      const checked = this.#check(use, section, model !== undefined);
      if (checked !== undefined) uses.push(checked);
    }
    if (model === undefined) ofRound.set(section, uses);
    return uses;
  }

  #ask(
    section: Section,
    model: OutsideModel | undefined,
    round: SearchRound | undefined,
  ): StepUse[] {
    const { stage, value, tree } = section;
    if (value === undefined) return [];
    try {
      return model === undefined
        ? stage.steps(value, this.#facts, round)
        : stage.outside!(value, this.#facts, model);
    } catch (error) {
      if (error instanceof z.ZodError) addIssues(error.issues, tree, this.#problems);
      else if (isRefusal(error)) this.#problems.addAt(tree.keyAt, tree.path, error.message);
      else throw error;
      return [];
    }
  }

  #check(
    { step, params }: StepUse,
    section: Section,
    isOutside: boolean,
  ): CheckedUse | undefined {
    const { tree } = section;
    const result = step.params.safeParse(params, PARSE_OPTIONS);
    if (!result.success) {
      for (const { path, message } of result.error.issues as z.core.$ZodIssue[]) {
        const where = [step.name, ...path.map(String)].join(".");
        this.#problems.addAt(tree.keyAt, tree.path, `${where}: ${message}`);
      }
      return undefined;
    }
    try {
      const canonical = canonicalJson(result.data);
      return { step, params: result.data, canonical, section, isOutside };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const message = `the params of ${step.name} are not plain JSON: ${error.message}`;
      this.#problems.addAt(tree.keyAt, tree.path, message);
      return undefined;
    }
  }
}

/** A stage's word about a study, as opposed to a defect of the stage. */
function isRefusal(error: unknown): error is Error {
  return error instanceof RangeError || (error instanceof Error && error.name === "Error");
}
