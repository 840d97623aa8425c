/**
 * The steps that each section asks for, with their params checked.
 *
 * @module
 */
import { z } from "zod";
import { canonicalJson } from "../canonical.ts";
import type { AnyStep, SearchRound, StepUse, StudyFacts } from "../stage.ts";
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
   * The steps of a section, in order. Notes a problem where the stage refuses the section (it may
   * throw a `RangeError`, or a `ZodError` whose paths are the section's), or a step its params.
   */
  of(section: Section, round?: SearchRound): readonly CheckedUse[] {
    let ofRound = this.#known.get(round);
    if (ofRound === undefined) this.#known.set(round, ofRound = new Map());
    const known = ofRound.get(section);
    if (known !== undefined) return known;
    const uses: CheckedUse[] = [];
    for (const use of this.#ask(section, round)) {
      const checked = this.#check(use, section);
      if (checked !== undefined) uses.push(checked);
    }
    ofRound.set(section, uses);
    return uses;
  }

  #ask(section: Section, round: SearchRound | undefined): StepUse[] {
    const { stage, value, tree } = section;
    if (value === undefined) return [];
    try {
      return stage.steps(value, this.#facts, round);
    } catch (error) {
      if (error instanceof z.ZodError) addIssues(error.issues, tree, this.#problems);
      else if (isRefusal(error)) this.#problems.addAt(tree.keyAt, tree.path, error.message);
      else throw error;
      return [];
    }
  }

  #check({ step, params }: StepUse, section: Section): CheckedUse | undefined {
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
      return { step, params: result.data, canonical: canonicalJson(result.data), section };
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
