import { z } from "zod";
import { isPublished } from "../../data/is_published.ts";
import type { ModelFacts } from "../../pipeline/stage.ts";
import type { SplitParams } from "./params.ts";

/**
 * Refuses to keep groups together where the source is known to have none.
 *
 * @throws {z.ZodError} with a path below the section `split`.
 */
export function checkGroups({ group }: SplitParams, models: readonly ModelFacts[]): void {
  if (!group) return;
  for (const { sections } of models) {
    if (!isPublished(sections.data)) continue;
    const { source } = sections.data as { source: string };
    throw new z.ZodError([{
      code: "custom",
      path: ["group"],
      message:
        `the data source ${source} has no groups to keep in one partition: leave \`group\` out`,
      input: group,
    }]);
  }
}
