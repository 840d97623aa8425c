import { z } from "zod";
import { imageSide } from "../../data/image_side.ts";
import { EMBEDDER_NAMES } from "../../core/features/registry.ts";
import type { ModelFacts } from "../../pipeline/stage.ts";
import type { importanceSection, occlusionSection } from "./section.ts";

/** What a study asks for that not every embedding, or not every head, can give. */
interface Asked {
  importance?: z.output<typeof importanceSection>;
  occlusion?: z.output<typeof occlusionSection>;
  curves?: string;
}

/**
 * Holds what explains a model to embeddings and heads that it can explain, where they are known
 * before anything is run.
 *
 * @throws {z.ZodError} with a path below the section `evaluate`.
 */
export function checkExplained(
  { importance, occlusion, curves }: Asked,
  models: readonly ModelFacts[],
): void {
  for (const { name, sections } of models) {
    const { head } = (sections.train ?? {}) as { head?: string | { kind: string } };
    const own = (sections.evaluate ?? {}) as Asked;
    if (curves !== undefined && own.curves !== undefined && typeof head === "object") {
      refuse(
        ["curves"],
        `the head ${head.kind} of the model ${name} has no epochs to draw: leave \`curves\` out, or ` +
          "give it to the models that are trained",
        curves,
      );
    }
    const side = imageSide(sections.data);
    if (occlusion !== undefined && side !== undefined && occlusion.patch > side) {
      refuse(
        ["occlusion", "patch"],
        `expected an integer from 1 to ${side}, the side of the images, found ${occlusion.patch}`,
        occlusion.patch,
      );
    }
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
    if (occlusion !== undefined) {
      refuse(
        ["occlusion"],
        `images cannot be embedded anew by ${method}, as the model ${name} needs: expected one of ` +
          EMBEDDER_NAMES.join(", "),
        occlusion,
      );
    }
  }
}

function refuse(path: string[], message: string, input: unknown): never {
  throw new z.ZodError([{ code: "custom", path, message, input }]);
}
