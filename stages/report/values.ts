/**
 * What the author's texts may cite besides the values of the comparison.
 *
 * @module
 */
import type { Comparison } from "../../data/artifacts/comparison.ts";
import type { DatasetCard } from "../../data/dataset_card.ts";
import type { CitedValue } from "../../data/text/citations.ts";
import type { RepresentationModel, SplitModel } from "./model/note.ts";

/** Names of {@linkcode citedValues} that are no part of the comparison. */
export const SETTING_VALUES: readonly string[] = [
  "dataset.images",
  "dataset.classes",
  "dataset.groups",
  "dataset.height",
  "dataset.width",
  "split.train",
  "split.validation",
  "split.test",
  "embed.dimension",
];

/** Names of titles, which differ by language. */
export function titleNames(models: readonly string[]): string[] {
  return ["dataset.title", "best.title", ...models.map((model) => `${model}.title`)];
}

/** Values by name; where models differ in their representation, its dimension is `null`. */
export function citedValues(
  comparison: Comparison,
  dataset: DatasetCard,
  split: SplitModel,
  representations: readonly RepresentationModel[],
): Map<string, CitedValue> {
  const { images, classes, groups, height, width } = dataset;
  const { train, validation, test } = split.totals;
  const dimension = representations.length === 1 ? representations[0].dimension : null;
  const settings = [images, classes, groups, height, width, train, validation, test, dimension];
  return new Map<string, CitedValue>([
    ...SETTING_VALUES.map((name, i) => [name, settings[i]] as const),
    ...Object.entries(comparison.values),
  ]);
}
