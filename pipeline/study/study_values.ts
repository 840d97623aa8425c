/**
 * Reads the study's own values, those of no stage.
 *
 * @module
 */
import type { AnyStage } from "../stage.ts";
import type { Problems } from "./problems.ts";
import { STUDY_KEYS, studySchema, type StudyValues } from "./schema.ts";
import { hintFrom } from "./suggest.ts";
import { isVariation, type MapTree, type Tree } from "./tree.ts";
import { checkKeys } from "./unknown_keys.ts";
import { parseTree } from "./zod_problems.ts";

/**
 * Checks what stands at the top of a study and of each model: no unknown section, the study's own
 * values of their shape, every text in every language. `undefined` after noting problems.
 *
 * @param known Languages that notes can be written in; any when `undefined`.
 */
export function readStudyValues(
  root: MapTree,
  stages: readonly AnyStage[],
  known: readonly string[] | undefined,
  problems: Problems,
): StudyValues | undefined {
  const sections = stages.map(({ name }) => name);
  const own = new Map<string, Tree>();
  for (const [key, value] of root.entries) {
    if (STUDY_KEYS.includes(key)) own.set(key, value);
    else if (!sections.includes(key)) {
      refuseKey(value, key, "unknown section", [...sections, ...STUDY_KEYS], problems);
    }
  }
  const models = root.entries.get("models");
  if (models?.kind === "map" && !isVariation(models)) {
    for (const model of models.entries.values()) {
      if (model.kind !== "map") continue;
      for (const [key, value] of model.entries) {
        if (key === "title" || sections.includes(key)) continue;
        refuseKey(value, key, "unknown section", [...sections, "title"], problems);
      }
    }
  }
  const ownTree: MapTree = { ...root, entries: own };
  for (const tree of own.values()) refuseVariation(tree, sections, problems);
  if (problems.size > 0) return undefined;
  checkKeys(studySchema, ownTree, problems);
  const values = parseTree(studySchema, ownTree, problems)?.value;
  if (values === undefined) return undefined;
  checkLanguages(root, values.languages, known, problems);
  return values;
}

function refuseKey(
  value: Tree,
  key: string,
  message: string,
  known: readonly string[],
  problems: Problems,
): void {
  const hint = hintFrom(key, known);
  problems.addAt(value.keyAt, value.path, message, hint === undefined ? {} : { hint });
}

/** A sweep among the study's own values; those in a model's sections are read elsewhere. */
function refuseVariation(tree: Tree, sections: readonly string[], problems: Problems): void {
  if (tree.kind === "scalar") return;
  if (isVariation(tree)) {
    problems.add(tree, "cannot be varied", {
      hint: `parameters of stages can: ${sections.join(", ")}`,
    });
    return;
  }
  const isModel = /^models\.[^.]+$/.test(tree.path);
  for (const value of tree.kind === "list" ? tree.items : tree.entries.values()) {
    if (!isModel || value.path.endsWith(".title")) refuseVariation(value, sections, problems);
  }
}

/** Texts by language must have each of the study's languages. */
function checkLanguages(
  root: MapTree,
  languages: readonly string[],
  known: readonly string[] | undefined,
  problems: Problems,
): void {
  const list = root.entries.get("languages");
  if (known !== undefined && list?.kind === "list") {
    for (const item of list.items) {
      if (item.kind !== "scalar" || known.includes(String(item.value))) continue;
      problems.add(item, `notes cannot be written in ${JSON.stringify(item.value)}`, {
        value: item.value,
        hint: `languages: ${known.join(", ")}`,
      });
    }
  }
  const { title, question, text, models, predictions } = Object.fromEntries(root.entries);
  const titles = models?.kind === "map"
    ? [...models.entries.values()].map((model) =>
      model.kind === "map" ? model.entries.get("title") : undefined
    )
    : [];
  const outside = predictions?.kind === "map" ? [...predictions.entries.values()] : [];
  const texts = text?.kind === "map" ? [...text.entries.values()] : [];
  for (const own of outside) titles.push(own.kind === "map" ? own.entries.get("title") : undefined);
  for (const tree of [title, question, ...texts, ...titles]) {
    if (tree?.kind !== "map") continue;
    for (const language of languages) {
      if (tree.entries.has(language)) continue;
      problems.addAt(tree.keyAt, tree.path, `has no text in ${JSON.stringify(language)}`, {
        hint: "write it, or take the language out of languages",
      });
    }
  }
}
