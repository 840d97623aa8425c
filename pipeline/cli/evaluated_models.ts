/**
 * The models of a study as the evaluation has them, for commands that take one by name.
 *
 * @module
 */
import type { Plan, PlanNode } from "../plan.ts";
import { hintFrom } from "../study/suggest.ts";
import { UsageError } from "./usage_error.ts";

/** A model of one replicate. */
export interface EvaluatedModel {
  model: string;
  /** Label of the replicate: `seed=1`; empty where the study repeats nothing. */
  replicate: string;
  /** The node that evaluates it: its inputs are the trained head and what the head reads. */
  node: PlanNode;
}

/** Every model and replicate of a study, in the study's order. */
export function evaluatedModels(plan: Plan): EvaluatedModel[] {
  const comparison = plan.nodes.find(({ step }) => step.name === "evaluate.compare");
  return (comparison?.inputs.metrics ?? []).map(({ node, label: { model, replicate } }) => ({
    model,
    replicate,
    node: plan.nodes.find(({ id }) => id === node)!,
  }));
}

/** What a command line names. */
export interface ModelChoice {
  /** Default: every model. */
  model?: string;
  /** Label of a replicate. Default: each model's first. */
  replicate?: string;
}

/**
 * One replicate of the named model, or of every model.
 *
 * @throws {UsageError} if there is no such model or replicate, with names that come close.
 */
export function chooseModels(plan: Plan, choice: ModelChoice): EvaluatedModel[] {
  const all = evaluatedModels(plan);
  const names = [...new Set(all.map(({ model }) => model))];
  if (choice.model !== undefined && !names.includes(choice.model)) {
    throw unknown(`${plan.study} has no model`, choice.model, names);
  }
  return names.filter((name) => choice.model === undefined || name === choice.model).map((name) => {
    const replicates = all.filter(({ model }) => model === name);
    const { replicate } = choice;
    const found = replicate === undefined
      ? replicates[0]
      : replicates.find((own) => own.replicate === replicate);
    if (found !== undefined) return found;
    const labels = replicates.map((own) => own.replicate).filter((label) => label !== "");
    if (labels.length === 0) {
      throw new UsageError(`${name} of ${plan.study} is trained once: leave --replicate away`);
    }
    throw unknown(`${name} of ${plan.study} has no replicate`, replicate!, labels);
  });
}

function unknown(what: string, name: string, names: readonly string[]): UsageError {
  const hint = hintFrom(name, names);
  return new UsageError(
    `${what} ${JSON.stringify(name)}${hint === undefined ? "" : `: ${hint}`}`,
  );
}
