import { z } from "zod";
import { classSize } from "../../data/class_size.ts";
import type { ModelFacts } from "../../pipeline/stage.ts";
import type { SplitParams } from "./params.ts";

/**
 * Holds the number of folds to the images of the smallest class, and to the number of groups where
 * they are kept together, as far as the study file tells them; the step itself refuses the others.
 *
 * @throws {z.ZodError} with a path below the section `split`.
 */
export function checkFolds({ folds, group }: SplitParams, models: readonly ModelFacts[]): void {
  if (folds === undefined) return;
  for (const { sections } of models) {
    const size = classSize(sections.data);
    if (size === undefined) continue;
    const { smallest, groups } = size;
    refuse(folds, smallest, "the images of the smallest class");
    if (group && groups !== undefined) refuse(folds, groups, "the number of groups");
  }
}

function refuse(folds: number, most: number, what: string): void {
  if (folds <= most) return;
  throw new z.ZodError([{
    code: "custom",
    path: ["folds"],
    message: `expected an integer from 2 to ${most}, ${what}, found ${folds}`,
    input: folds,
  }]);
}
