import { z } from "zod";
import { classNames } from "../../data/class_names.ts";
import type { ModelFacts } from "../../pipeline/stage.ts";
import type { TrainSection } from "./section.ts";

/** So many names of classes are listed where one is unknown. */
const NAMES_LISTED = 24;

/**
 * Holds a section to the study's embeddings and classes, as far as the study file tells them; the
 * step itself refuses the others.
 *
 * @throws {z.ZodError} with a path below the section `train`.
 */
export function checkSection(section: TrainSection, models: readonly ModelFacts[]): void {
  checkPixels(section, models);
  for (const key of ["weightDecayByClass", "classWeights"] as const) {
    const values = section[key];
    if (typeof values === "object") checkNames(key, values, models);
  }
}

/** A head on images needs embeddings that are images. */
function checkPixels({ head }: TrainSection, models: readonly ModelFacts[]): void {
  if (head !== "cnn") return;
  for (const { name, sections } of models) {
    const { head } = (sections.train ?? {}) as { head?: unknown };
    const { method } = (sections.embed ?? {}) as { method?: unknown };
    if (head !== "cnn" || typeof method !== "string" || method === "pixels") continue;
    refuse(
      ["head"],
      `head cnn needs images, and the model ${name} embeds them by ${method}: write \`embed: ` +
        "pixels`, or take another head",
      head,
    );
  }
}

function checkNames(
  key: string,
  values: Readonly<Record<string, number>>,
  models: readonly ModelFacts[],
): void {
  for (const { sections } of models) {
    const names = classNames(sections.data);
    const unknown = names && Object.keys(values).find((name) => !names.includes(name));
    if (names === undefined || unknown === undefined) continue;
    const listed = names.length > NAMES_LISTED ? "" : `: the classes are ${names.join(", ")}`;
    refuse([key, unknown], `${JSON.stringify(unknown)} is no class${listed}`, values[unknown]);
  }
}

function refuse(path: string[], message: string, input: unknown): never {
  throw new z.ZodError([{ code: "custom", path, message, input }]);
}
