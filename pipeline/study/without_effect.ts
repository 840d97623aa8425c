/**
 * Refuses what a study asks for but nothing depends on: it would look as if it had been tried.
 *
 * @module
 */
import type { Point } from "./draft.ts";
import type { Model } from "./points.ts";
import type { Problems } from "./problems.ts";
import type { Section } from "./sections.ts";
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
      // What a search was made of stands in it no more.
      if (rest[0] === "tune" && model.searches.has(stage)) return true;
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
  // Of each model, the stages that have steps, with the keys that have an effect on none of them.
  const busy = new Map<Model, Map<string, ReadonlySet<string>>>();
  for (const { model, uses } of points) {
    if (!busy.has(model)) busy.set(model, new Map());
    stages.forEach((stage, i) => {
      if (uses[i].length === 0) return;
      const { section } = uses[i][0];
      const idle = new Set(section.stage.withoutEffect?.(section.value)?.keys);
      const known = busy.get(model)!.get(stage);
      busy.get(model)!.set(stage, known?.intersection(idle) ?? idle);
    });
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
      ...own.map(([stage, tree]) => [stage, sorted(without(tree, withSteps.get(stage)!))]),
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

/**
 * Notes a problem for each value that is without effect in every section that it is a part of: one that a
 * model writes for itself, or one of the study's that has no effect on any model.
 */
export function refuseWithoutEffect(sections: Iterable<Section>, problems: Problems): void {
  // By path: a chosen value of a sweep is a tree of its own in each section.
  const effective = new Set<string>();
  const idle = new Map<string, { tree: Tree; reason: string }>();
  for (const { stage, value, tree } of new Set(sections)) {
    if (value === undefined || tree.kind !== "map") continue;
    const found = stage.withoutEffect?.(value);
    for (const [key, own] of tree.entries) {
      if (found?.keys.includes(key)) idle.set(own.path, { tree: own, reason: found.reason });
      else effective.add(own.path);
    }
  }
  for (const [path, { tree, reason }] of idle) {
    if (effective.has(path)) continue;
    problems.addAt(tree.keyAt, path, `has no effect: ${reason}`, { hint: "take it away" });
  }
}

function without(tree: Tree, keys: ReadonlySet<string>): Tree {
  if (tree.kind !== "map" || keys.size === 0) return tree;
  return { ...tree, entries: new Map([...tree.entries].filter(([key]) => !keys.has(key))) };
}

/** A value that is equal for equal trees, whatever the order of keys. */
function sorted(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(sorted);
  const entries = [...tree.entries].sort(([a], [b]) => a < b ? -1 : 1);
  return ["map", ...entries.map(([key, value]) => [key, sorted(value)])];
}
