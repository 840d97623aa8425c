/**
 * Values from the command line that replace a study file's.
 *
 * @module
 */
import { isForbiddenKey, parseYaml } from "./parse_yaml.ts";
import type { Problems } from "./problems.ts";
import { StudyError } from "./study_error.ts";
import { hintFrom } from "./suggest.ts";
import { isNull, joinPath, type MapTree, type Tree } from "./tree.ts";

/**
 * Replaces values of a study and returns the new root with the values that came in.
 *
 * Each override is `path=value`, the path dotted from the root (`train.learningRate`,
 * `models.adam.train.learningRate`, `claims.0.margin`), the value YAML; the last one wins. Sections
 * that the file leaves out are added; `null` takes a value away, so that its default holds; a model
 * or a list's item must be there. Whether a key is known to its stage is checked with all others,
 * and told with the option as its place.
 *
 * Notes a problem for each override that does not apply.
 */
export function applyOverrides(
  root: MapTree,
  overrides: readonly string[],
  problems: Problems,
): { root: MapTree; values: Tree[] } {
  let changed = root;
  const values: Tree[] = [];
  for (const override of overrides) {
    const option = `--set ${override}`;
    const equals = override.indexOf("=");
    const path = override.slice(0, equals).trim();
    const steps = path.split(".");
    if (equals < 0 || steps.some((step) => step === "")) {
      problems.addAt(option, "", "expected a path and a value", {
        hint: "write --set train.learningRate=0.01",
      });
      continue;
    }
    const forbidden = steps.find(isForbiddenKey);
    if (forbidden !== undefined) {
      problems.addAt(option, forbidden, "this key is not allowed");
      continue;
    }
    const value = parseValue(override.slice(equals + 1), path, option, problems);
    if (value === undefined) continue;
    const result = replace(changed, steps, value, option, problems);
    if (result === undefined) continue;
    changed = result as MapTree;
    values.push(value);
  }
  return { root: changed, values };
}

function parseValue(text: string, path: string, option: string, problems: Problems) {
  try {
    const { tree } = parseYaml("", text, { option, path });
    if (tree !== undefined) return tree;
    problems.addAt(option, path, "no value after the =", { hint: "write null to take it away" });
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    for (const { path: below, message, hint } of error.problems) {
      problems.addAt(option, below, message, hint === undefined ? {} : { hint });
    }
  }
  return undefined;
}

/** The tree with the value at `steps`; `undefined` after noting why there is no such place. */
function replace(
  tree: Tree | undefined,
  steps: readonly string[],
  value: Tree,
  option: string,
  problems: Problems,
  path = "",
): Tree | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (tree?.kind === "list") {
    const index = /^\d+$/.test(step) ? Number(step) : -1;
    if (index < 0 || index >= tree.items.length) {
      problems.addAt(
        option,
        path,
        `expected the number of an item, found ${JSON.stringify(step)}`,
        {
          hint: tree.items.length === 0
            ? "the list is empty"
            : `items are numbered 0 to ${tree.items.length - 1}`,
        },
      );
      return undefined;
    }
    const below = joinPath(path, index);
    const item = replace(tree.items[index], rest, value, option, problems, below);
    return item && { ...tree, items: tree.items.with(index, item) };
  }
  if (tree?.kind === "scalar" && !isNull(tree)) {
    problems.addAt(option, path, `is a single value and has no ${JSON.stringify(step)} below it`, {
      value: tree.value,
      hint: `replace it whole: --set ${path}=…`,
    });
    return undefined;
  }
  const entries = new Map(tree?.kind === "map" ? tree.entries : []);
  if (path === "models" && !entries.has(step)) {
    const hint = hintFrom(step, entries.keys());
    problems.addAt(option, joinPath(path, step), "the study has no such model", { hint });
    return undefined;
  }
  const below = joinPath(path, step);
  const item = replace(entries.get(step), rest, value, option, problems, below);
  if (item === undefined) return undefined;
  if (item === value && isNull(value)) entries.delete(step);
  else entries.set(step, item);
  const place = tree ?? { path, at: option, keyAt: option };
  return { kind: "map", entries, path: place.path, at: place.at, keyAt: place.keyAt };
}
