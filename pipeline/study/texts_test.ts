import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { parseStudy } from "./load.ts";
import { parseYaml } from "./parse_yaml.ts";
import { planStudy } from "./plan_study.ts";
import { StudyError } from "./study_error.ts";
import { toyStages } from "./testing/toy_stages.ts";
import { offsetInSource, type TextRules } from "./texts.ts";
import { child, type ScalarTree } from "./tree.ts";

/** Citations must be known, and 7 is not allowed. */
const textRules: TextRules = {
  checkText: (text, known) =>
    [...text.matchAll(/\{([^}]*)\}|7/g)].filter(([all, name]) => all === "7" || !known.has(name))
      .map((match) => ({ start: match.index, message: `bad ${match[0]}` })),
};

function problems(text: string): string[] {
  try {
    const study = parseStudy(
      `format: 1\ntitle: T7\ndata: {source: letterforms}\n${text}`,
      "s.yaml",
    );
    planStudy(study, toyStages, { textRules });
  } catch (error) {
    if (error instanceof StudyError) return error.message.split("\n");
    throw error;
  }
  return [];
}

Deno.test("texts may cite what stages will have computed, and nothing else", () => {
  assert.deepEqual(problems("text: {end: '{model.accuracy}'}"), []);
  assert.deepEqual(
    problems(`
languages: [en, fr]
question: Is it 7?
models:
  adam: {title: Adam7, train: {optimizer: adam}}
  lion: {train: {optimizer: lion}}
claims:
  - {id: c7, left: "7", text: {en: "{adam.accuracy}", fr: "{model.accuracy}"}}
text:
  end:
    en: |
      On two lines
      {lion.accuracy} {lino.accuracy}.
    fr: >-
      Pli
      et 7.
`),
    [
      "s.yaml:6:17: question: bad 7",
      "s.yaml:11:60: claims[0].text.fr: bad {model.accuracy}",
      "s.yaml:16:23: text.end.en: bad {lino.accuracy}",
      "s.yaml:19:10: text.end.fr: bad 7",
    ],
  );
});

Deno.test("offsetInSource() finds the character, or else the start of the text", () => {
  const word = fc.stringMatching(/^[a-zé{}':,.#-]{1,9}$/);
  const text = fc.array(fc.array(word, { minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 4,
  }).map((lines) => lines.map((words) => words.join(" ")).join("\n"));
  const style = fc.constantFrom(
    "PLAIN",
    "QUOTE_SINGLE",
    "QUOTE_DOUBLE",
    "BLOCK_FOLDED",
    "BLOCK_LITERAL",
  );
  let exact = 0;
  let all = 0;
  fc.assert(fc.property(text, style, fc.nat(), (written, defaultStringType, at) => {
    const source = stringify({ a: { b: written } }, { defaultStringType, lineWidth: 30 });
    const tree = child(child(parseYaml("s.yaml", source).tree!, "a")!, "b") as ScalarTree;
    const offset = at % written.length;
    fc.pre(!/\s/.test(written[offset]));
    const found = offsetInSource(tree, offset, source);
    assert.ok(source[found] === written[offset] || found === tree.at, source);
    all++;
    if (source[found] === written[offset]) exact++;
  }));
  assert.ok(exact > 0.6 * all, `${exact} of ${all}`);
});
