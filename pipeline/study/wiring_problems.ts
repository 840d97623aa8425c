/**
 * What can be wrong with the wiring of steps, in words.
 *
 * @module
 */
import type { Scope } from "../stage.ts";
import type { Point, Written } from "./draft.ts";
import type { Problems } from "./problems.ts";
import type { CheckedUse } from "./step_uses.ts";

/** Tells wiring problems at the section that asks for the step. */
export class WiringProblems {
  readonly #problems: Problems;
  readonly #stages: readonly string[];

  /** @param stages Names of the stages, in order. */
  constructor(problems: Problems, stages: readonly string[]) {
    this.#problems = problems;
    this.#stages = stages;
  }

  /** Number of problems so far, of all kinds. */
  get size(): number {
    return this.#problems.size;
  }

  /** A port that is read before anything writes it. */
  missingPort(use: CheckedUse, port: string, point: Point, isElsewhere: boolean): void {
    const message = `${use.step.name} reads the port ${port}, which no earlier step writes` +
      (isElsewhere ? ` for ${describe(point, "try")}` : "");
    const later = point.uses.flat().find(({ step }) => Object.hasOwn(step.outputs, port));
    if (later !== undefined) {
      return this.#add(use, message, `${later.step.name} writes it, but comes later`);
    }
    const left = this.#stages.filter((_, i) => point.uses[i].length === 0);
    const without = left.length === 0 ? "" : `; without steps here: ${left.join(", ")}`;
    this.#add(use, message, `no step of this study writes it${without}`);
  }

  /** A port that is written in another format than it is read in. */
  wrongFormat(use: CheckedUse, port: string, { node }: Written): void {
    const { name, outputs } = node.use.step;
    this.#add(
      use,
      `${use.step.name} reads the port ${port} as ${use.step.inputs[port].format}, but ${name} ` +
        `writes it as ${outputs[port].format}`,
    );
  }

  /** Several outputs where the step reads one; `b` is missing where one point has none. */
  ambiguousPort(use: CheckedUse, port: string, a: Written, b: Written | undefined): void {
    const parts = [a, b].map((written) =>
      written === undefined ? "nothing" : describe(written.point, written.scope)
    );
    this.#add(
      use,
      `${use.step.name} runs ${often(use)} and reads one ${port}, but there are several: from ` +
        parts.join(" and "),
      "what varies must be chosen by an earlier step, or the step must gather the port",
    );
  }

  /** Params that vary below the step's scope. */
  varyingParams(a: CheckedUse, b: CheckedUse, atA: Point, atB: Point): void {
    const [own, other] = [a, b].map(({ params }) => params as Record<string, unknown>);
    const differing = Object.keys({ ...own, ...other })
      .filter((key) => JSON.stringify(own[key]) !== JSON.stringify(other[key]));
    this.#add(
      a,
      `${a.step.name} runs ${often(a)}, but its params differ between ${
        describe(atA, "try")
      } and ` +
        `${describe(atB, "try")}: ${differing.join(", ")}`,
      "give it one value, outside sweep, tune and the models that differ",
    );
  }

  /** A step that only some of the points below its scope ask for. */
  unevenSteps(use: CheckedUse, asking: Point, other: Point): void {
    this.#add(
      use,
      `${use.step.name} runs ${often(use)}, but ${describe(other, "try")} does not ask for it as ` +
        `${describe(asking, "try")} does`,
      "ask for it everywhere or nowhere",
    );
  }

  #add({ section: { tree } }: CheckedUse, message: string, hint?: string): void {
    this.#problems.addAt(tree.keyAt, tree.path, message, hint === undefined ? {} : { hint });
  }
}

function often({ step }: CheckedUse): string {
  return OFTEN[step.scope as Scope];
}

const OFTEN: Readonly<Record<Scope, string>> = {
  try: "once for each try",
  replicate: "once for each replicate",
  model: "once for each model",
  study: "once for the study",
};

/** A point in words, down to a scope: `adam, seed=1, learningRate=0.001`. */
function describe({ model, replicate, candidate }: Point, scope: Scope): string {
  const parts = [candidate.label, replicate.label, model.display].slice(SCOPES.indexOf(scope));
  return parts.reverse().filter((part) => part !== "").join(", ") || "the study";
}

/** From the most often to once. */
const SCOPES: readonly Scope[] = ["try", "replicate", "model", "study"];
