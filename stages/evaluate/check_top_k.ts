import { z } from "zod";
import { classCount } from "../../data/class_count.ts";
import type { ModelFacts } from "../../pipeline/stage.ts";

/**
 * Holds k of a top-k accuracy to the number of classes of every model's data, where it is known
 * before the data is read; the step itself refuses the others.
 *
 * @throws {z.ZodError} with a path below the section `evaluate`.
 */
export function checkTopK(topK: number | undefined, models: readonly ModelFacts[]): void {
  if (topK === undefined) return;
  for (const { sections } of models) {
    const classes = classCount(sections.data);
    if (classes === undefined || topK <= classes) continue;
    throw new z.ZodError([{
      code: "custom",
      path: ["topK"],
      message: `expected an integer from 1 to ${classes}, the number of classes, found ${topK}`,
      input: topK,
    }]);
  }
}
