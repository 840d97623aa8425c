/**
 * Refuses what a study asks for but nothing depends on: it would look as if it had been tried.
 *
 * @module
 */
import type { Point } from "./draft.ts";
import type { Model } from "./points.ts";
import type { Problems } from "./problems.ts";
import { child, type Tree } from "./tree.ts";

/** Notes a problem for each override that every model's own value hides. */
export function refuseHiddenOverrides(
  values: readonly Tree[],
  root: Tree,
  models: readonly Model[],
  problems: Problems,
): void {
  for (const value of values) {
    const [stage, ...rest] = value.path.split(".");
    // A later override may have replaced this one, as the last one wins.
    if (follow(root, [stage, ...rest]) !== value || stage === "models") continue;
    // A map merges with what a model lays over it, and a sweep gives way to its values.
    if (value.kind !== "scalar") continue;
    const isSeen = models.some((model) => {
      const section = model.sections.get(stage);
      return section === undefined || follow(section, rest)?.at === value.at;
    });
    if (isSeen) continue;
    problems.addAt(value.at, value.path, "has no effect, as every model sets its own", {
      hint: `write --set models.${models[0]?.name}.${value.path}=…`,
    });
  }
}

function follow(tree: Tree | undefined, steps: readonly string[]): Tree | undefined {
  return steps.reduce<Tree | undefined>((at, step) => at && child(at, step), tree);
}

/**
 * Notes a problem for each varied value of a section that asks for no step, and for each model
 * that asks for the same as another wherever there are steps.
 */
export function refuseIdle(
  points: readonly Point[],
  stages: readonly string[],
  problems: Problems,
): void {
  const busy = new Map<Model, Set<string>>();
  for (const { model, uses } of points) {
    if (!busy.has(model)) busy.set(model, new Set());
    stages.forEach((stage, i) => uses[i].length > 0 && busy.get(model)!.add(stage));
  }
  const seen = new Map<string, Model>();
  for (const [model, withSteps] of busy) {
    for (const [stage, varied] of model.varied) {
      if (withSteps.has(stage)) continue;
      for (const { tree } of varied) {
        problems.add(tree, `varies nothing, as the section ${stage} asks for no step`, {
          hint: `ask for one in ${stage}, or write one value`,
        });
      }
    }
    const own = [...model.sections].filter(([stage]) => withSteps.has(stage));
    const identity = JSON.stringify([
      model.file ?? null,
      ...own.map(([stage, tree]) => [stage, sorted(tree)]),
    ]);
    const twin = seen.get(identity);
    if (twin === undefined) {
      seen.set(identity, model);
      continue;
    }
    const [place, message] = model.place === twin.place
      ? [model.place, `has models that ask for the same: ${twin.display}, ${model.display}`]
      : [model.place, `asks for the same as ${twin.place.path}`];
    problems.addAt(place.keyAt, place.path, message, {
      hint: "let it differ in at least one value, or take it away",
    });
  }
}

/** A value that is equal for equal trees, whatever the order of keys. */
function sorted(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(sorted);
  const entries = [...tree.entries].sort(([a], [b]) => a < b ? -1 : 1);
  return ["map", ...entries.map(([key, value]) => [key, sorted(value)])];
}
