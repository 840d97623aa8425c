/**
 * The `report` stage: the study's methodology note.
 *
 * @module
 */
import { z } from "zod";
import { comparedAs, defineStage, type Profile, type StudyFacts } from "../../pipeline/stage.ts";
import { TEXT_NAMES } from "./assemble.ts";
import note from "./note.ts";
import { NoteParams } from "./params.ts";
import { searchOf } from "./search.ts";
import { sharedSections } from "./shared_sections.ts";
import { SETTING_VALUES, titleNames } from "./values.ts";

const Section = z.strictObject({
  samplesPerClass: z.int().min(1).max(20).default(8)
    .describe("Sample images that the note shows of each class."),
});

export default defineStage({
  name: "report",
  section: Section.prefault({}),
  steps: (section, facts) => [{ step: note, params: noteParams(section, facts) }],
  values: (_, facts) => [...SETTING_VALUES, ...titleNames(facts.models.map(({ name }) => name))],
});

function noteParams({ samplesPerClass }: z.output<typeof Section>, facts: StudyFacts): NoteParams {
  const study = facts.study as {
    title: Record<string, string>;
    question?: Record<string, string>;
    languages: NoteParams["languages"];
    profile: Profile;
    text: Record<string, Record<string, string>>;
    models: Record<string, { title: Record<string, string> }>;
  };
  const unknown = Object.keys(study.text).find((name) => !TEXT_NAMES.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot place the text ${JSON.stringify(unknown)} in the note: ` +
        `expected one of ${TEXT_NAMES.join(", ")}`,
    );
  }
  return {
    profile: comparedAs(study.profile),
    study: facts.name,
    title: study.title,
    languages: study.languages,
    texts: { ...study.text, ...(study.question && { question: study.question }) },
    models: facts.models.map((model) => {
      const search = searchOf(model);
      return {
        name: model.name,
        title: study.models[model.name].title,
        replicates: [...model.replicates],
        ...(search && { search }),
      };
    }),
    sections: {
      ...sharedSections(facts.models.filter(({ file }) => file === undefined)),
      ...outsideFiles(facts.models),
    },
    samplesPerClass,
  };
}

/** The models whose predictions come from files, as the study file has them. */
function outsideFiles(models: StudyFacts["models"]): Record<string, unknown> {
  const files = models.flatMap(({ name, file }) => file === undefined ? [] : [[name, { file }]]);
  return files.length === 0 ? {} : { predictions: Object.fromEntries(files) };
}
