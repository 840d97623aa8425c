/**
 * What stages are told about the whole study.
 *
 * @module
 */
import type { ModelFacts, StudyFacts } from "../stage.ts";
import type { Model } from "./points.ts";
import { localize, type LocalizedInput, type LocalizedText, type StudyValues } from "./schema.ts";
import type { Section } from "./sections.ts";
import { toPlain } from "./tree.ts";
import type { VariedValue } from "./variation.ts";

/**
 * The facts of a study. `study` holds, without places and as plain JSON:
 *
 * - `title`, `question` (where the study has one) and `text.<name>`: by language, a plain text
 *   standing for each of the study's languages;
 * - `languages` and `profile`;
 * - `models.<name>.title`: by language; the file's title, else the swept values;
 * - each section that is the same for every model and varies nowhere, such as `claims`, as its
 *   stage's schema returned it.
 *
 * @param sections For each model, its sections at its first point.
 */
export function studyFacts(
  name: string,
  values: StudyValues,
  models: readonly Model[],
  sections: readonly (readonly Section[])[],
): StudyFacts {
  const { languages } = values;
  const study: Record<string, unknown> = {
    title: localize(values.title, languages),
    languages,
    profile: values.profile,
    text: Object.fromEntries(
      Object.entries(values.text).map(([key, text]) => [key, localize(text, languages)]),
    ),
    models: Object.fromEntries(models.map((model) => [model.name, {
      title: modelTitle(model, languages),
    }])),
  };
  if (values.question !== undefined) study.question = localize(values.question, languages);
  (sections[0] ?? []).forEach((section, i) => {
    const name = section.stage.name;
    const isShared = sections.every((own) => own[i] === section || own[i].value === undefined) &&
      models.every((model) => (model.varied.get(name) ?? []).length === 0);
    if (isShared && section.value !== undefined) study[name] = section.value;
  });
  return { name, models: models.map((model, i) => modelFacts(model, sections[i])), study };
}

function modelTitle(model: Model, languages: readonly string[]): LocalizedText {
  const title = model.title === undefined ? model.display : toPlain(model.title) as LocalizedInput;
  return localize(title, languages);
}

function modelFacts(model: Model, sections: readonly Section[]): ModelFacts {
  const resolved: Record<string, unknown> = {};
  for (const { stage: { name }, value } of sections) {
    if (value === undefined) continue;
    const search = model.searches.get(name);
    resolved[name] = (model.varied.get(name) ?? []).reduce<unknown>(
      (section, varied) => withValue(section, varied.path.split(".").slice(1), plainly(varied)),
      search === undefined ? value : { ...value as object, tune: search },
    );
  }
  return {
    name: model.name,
    ...(model.file === undefined ? {} : { file: model.file }),
    replicates: model.replicates.map(({ label }) => label),
    candidates: model.candidates.map(({ label }) => label),
    sections: resolved,
  };
}

/** A varied value as its list; one of a joint search has none, as it stands in the search. */
function plainly({ values, joint, refine }: VariedValue): unknown {
  if (joint !== undefined) return undefined;
  const list = values.map(({ value }) => value);
  return refine === undefined ? list : { tune: list, refine };
}

/** A copy of `value` with another value at a path, or none; what is off the path is shared. */
function withValue(value: unknown, steps: readonly string[], inner: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return inner;
  if (Array.isArray(value)) {
    return value.map((item, i) => String(i) === step ? withValue(item, rest, inner) : item);
  }
  if (typeof value !== "object" || value === null) return value;
  const { [step]: own, ...others } = value as Record<string, unknown>;
  if (rest.length === 0 && inner === undefined) return others;
  return { ...value, [step]: withValue(own, rest, inner) };
}
