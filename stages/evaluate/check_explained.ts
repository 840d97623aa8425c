import { z } from "zod";
import { EMBEDDER_NAMES } from "../../core/features/registry.ts";
import type { ModelFacts } from "../../pipeline/stage.ts";
import type { importanceSection } from "./section.ts";

/** What a study asks for that needs an embedding whose features have a place in the image. */
interface Asked {
  importance?: z.output<typeof importanceSection>;
}

/**
 * Holds what explains a model to embeddings that it can explain, where they are known before
 * anything is run.
 *
 * @throws {z.ZodError} with a path below the section `evaluate`.
 */
export function checkExplained({ importance }: Asked, models: readonly ModelFacts[]): void {
  for (const { name, sections } of models) {
    const { method } = (sections.embed ?? {}) as { method?: string };
    if (method === undefined || EMBEDDER_NAMES.includes(method)) continue;
    if (importance?.groups === "cells") {
      refuse(
        ["importance", "groups"],
        `the embedding ${method} of the model ${name} has no cells: ` +
          "expected dimensions, or a number of neighbours",
        importance.groups,
      );
    }
  }
}

function refuse(path: string[], message: string, input: unknown): never {
  throw new z.ZodError([{ code: "custom", path, message, input }]);
}
