/**
 * Models whose answers come from a file: the study's `predictions`.
 *
 * @module
 */
import type { AnyStage } from "../stage.ts";
import { withFolds } from "./folds.ts";
import { type Model, shortNames } from "./points.ts";
import { grid, type Setting } from "./settings.ts";
import type { Problems } from "./problems.ts";
import { isNull, type MapTree, type Tree } from "./tree.ts";
import { type VariedValue, variedValues } from "./variation.ts";

/** They are tuned elsewhere, if at all. */
const ONCE: Setting = { label: "", coordinates: [], choices: new Map() };

/** Whether predictions of one file may be of all values: no two folds test one image. */
function isFold({ kind, path }: VariedValue): boolean {
  return kind === "replicate" && path.endsWith(".fold");
}

/**
 * Reads them. They take the study's own sections, without what models lay over them, of the stages
 * that have a part in them. Folds repeat them, as one file may hold the predictions of each fold's
 * test images; anything else that varies there, or a name that a model has already, is a problem.
 *
 * @param models The study's other models.
 * @param isThere Whether a file of the study's folder is there; where nothing tells, it is.
 */
export function readOutsideModels(
  root: MapTree,
  stages: readonly AnyStage[],
  models: readonly Model[],
  problems: Problems,
  isThere: (file: string) => boolean = () => true,
): Model[] {
  const predictions = root.entries.get("predictions");
  // What is malformed is told by who checks the study's own values.
  if (predictions?.kind !== "map" || predictions.entries.size === 0) return [];
  const sections = new Map<string, Tree>();
  const folds = new Map<string, VariedValue[]>();
  for (const { name, outside } of stages) {
    const own = root.entries.get(name);
    if (outside === null || own === undefined || isNull(own)) continue;
    const section = withFolds(own);
    sections.set(name, section);
    const values = variedValues(section, name, problems);
    folds.set(name, values.filter(isFold));
    for (const { path, tree } of values.filter((value) => !isFold(value))) {
      problems.add(tree, `${path} varies, and predictions from a file are of one test set`, {
        hint: "write one value, or take predictions out of the study; folds alone may vary",
      });
    }
  }
  const nameOf = shortNames([...folds.values()].flat().map(({ path }) => path));
  const replicates = grid([...folds.values()].flat(), nameOf);
  const varied = new Map(
    [...folds].map((
      [stage, values],
    ) => [stage, values.map((value) => ({ ...value, name: nameOf.get(value.path)! }))]),
  );
  return [...predictions.entries].flatMap(([name, place]): Model[] => {
    const file = place.kind === "map" ? place.entries.get("file") : undefined;
    if (file?.kind !== "scalar" || typeof file.value !== "string") return [];
    const twin = models.find((model) => model.name === name);
    if (twin !== undefined) {
      problems.addAt(place.keyAt, place.path, `the study has a model ${name} already`, {
        hint: "give the predictions another name",
      });
    }
    if (!isThere(file.value)) {
      problems.add(file, `there is no such file in the study's folder: ${file.value}`, {
        hint: "put it beside study.yaml",
      });
    }
    return [{
      name,
      display: name,
      title: place.kind === "map" ? place.entries.get("title") : undefined,
      place,
      file: file.value,
      coordinates: [["", name]],
      sections,
      varied,
      replicates,
      candidates: [ONCE],
      searches: new Map(),
    }];
  });
}
