import assert from "node:assert/strict";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { StudyError } from "./study_error.ts";
import { toyStages } from "./testing/toy_stages.ts";

const HEAD = "format: 1\ntitle: Toy\ndata: {source: letterforms}\n";

/** What planning says about a study, without the file's name. */
function refusal(text: string, overrides: string[] = []): string[] {
  try {
    planStudy(parseStudy(text, "s.yaml", { overrides }), toyStages, { languages: ["fr", "en"] });
  } catch (error) {
    if (error instanceof StudyError) {
      return error.message.split("\n").map((line) => line.replace(/^s\.yaml:/, ""));
    }
    throw error;
  }
  return [];
}

/** Checks each study, written below {@linkcode HEAD}, against what planning must say. */
function check(cases: Record<string, string[]>): void {
  for (const [text, expected] of Object.entries(cases)) {
    assert.deepEqual(refusal(HEAD + text), expected, text);
  }
}

Deno.test("unknown names are told with the closest known one", () => {
  check({
    "trian: {epochs: 3}": ["4:1: trian: unknown section (did you mean train?)"],
    "train:\n  learing_rate: 1": [
      "5:3: train.learing_rate: unknown key (did you mean learningRate?)",
    ],
    "embed: {method: hig}": [
      '4:17: embed.method: expected one of hog, pixels, found "hig" (did you mean hog?)',
    ],
    "embed: {method: pixels, cells: 3}": ["4:25: embed.cells: unknown key (known: method)"],
    "models:\n  adam:\n    trian: {epochs: 3}": [
      "6:5: models.adam.trian: unknown section (did you mean train?)",
    ],
    "models:\n  adam:\n    train: {epoch: 3}": [
      "6:13: models.adam.train.epoch: unknown key (did you mean epochs?)",
    ],
    "claims:\n  - {id: a, text: b, left: c, margn: 1}": [
      "5:31: claims[0].margn: unknown key (did you mean margin?)",
    ],
  });
});

Deno.test("wrong values are told with what was expected, all at once", () => {
  check({
    "train:\n  learningRate: -1\n  epochs: 1.5\n  optimizer: adan": [
      "5:17: train.learningRate: expected a number greater than 0, found -1",
      "6:11: train.epochs: expected a whole number, found 1.5",
      '7:14: train.optimizer: expected one of sgd, adam, adamw, lion, found "adan" (did you mean adam?)',
    ],
    "train:\n  epochs: '3'": [
      '5:11: train.epochs: expected a number, found "3" (take the quotes away)',
    ],
    "train: 5": ["4:8: train: expected a map, found 5"],
    "split:\n  ratios: {train: 0.8, validation: 0.2, test: 0.2}": [
      "5:11: split.ratios: the ratios must sum to 1: current sum is 1.2",
    ],
    "split:\n  ratios: {train: 1}": [
      "5:3: split.ratios.validation: expected a number, found nothing",
      "5:3: split.ratios.test: expected a number, found nothing",
    ],
    "models: [a, b]": ["4:9: models: expected a map, found a list"],
    "models: {}": ["4:9: models: no model is named (name one, or take models away)"],
    "models:\n  a b: {train: {epochs: 3}}": [
      '5:3: models.a b: expected a name: a letter, then letters, digits, - or _, found "a b"',
    ],
    "models:\n  a: 3": ["5:6: models.a: expected a map, found 3"],
    "models:\n  a: {train: {epochs: 3}}\n  b: {train: {epochs: 3}}": [
      "6:3: models.b: asks for the same as models.a (let it differ in at least one value, or take " +
      "it away)",
    ],
    "languages: [fr, fr]": ["4:12: languages: expected each language once"],
    "languages: [de]": ['4:13: languages[0]: notes cannot be written in "de" (languages: fr, en)'],
    "languages: [en, fr]\nquestion: {en: Why?}": [
      '5:1: question: has no text in "fr" (write it, or take the language out of languages)',
    ],
  });
  assert.deepEqual(refusal("format: 1\n"), [
    "1:1: title: expected a text, or one for each language ({en: ...}), found nothing",
    "1:1: data: this section is missing: source expected one of letterforms, fashion-mnist, found nothing",
  ]);
});

Deno.test("malformed sweeps are told where they stand", () => {
  check({
    "train:\n  optimizer: {sweep: []}": [
      "5:22: train.optimizer.sweep: cannot sweep over nothing: the list is empty (list the values, " +
      "or write one value without it)",
    ],
    "train:\n  optimizer: {sweep: adam}": [
      '5:22: train.optimizer.sweep: expected a list of values to sweep, found "adam"',
    ],
    "train:\n  epochs: {tune: [1, 2, 1]}": [
      "5:25: train.epochs.tune[2]: the value 1 stands here a second time (it is " +
      "train.epochs.tune[0] already)",
    ],
    "split:\n  ratios: {sweep: [{train: 1}]}": [
      "5:20: split.ratios.sweep[0]: expected a single value to sweep, found a map (vary whole " +
      "sections by naming points under models)",
    ],
    "split:\n  ratios: {sweep: [1]}": ["5:20: split.ratios.sweep[0]: expected a map, found 1"],
    "train: {sweep: [1]}": [
      "4:8: train: a sweep cannot stand here (it stands for the single value of a parameter)",
    ],
    "claims: [{sweep: [1]}]": [
      "4:10: claims[0]: a sweep cannot stand here (it stands for the single value of a parameter)",
    ],
    "train:\n  epochs: {sweep: [1], other: 2}": [
      "5:24: train.epochs.other: cannot stand beside sweep (write only {sweep: [...]}; shared " +
      "values belong one level up)",
    ],
    "train:\n  seed: {tune: [1, 2]}": [
      "5:9: train.seed: cannot tune a seed (write sweep to repeat each model)",
    ],
    "question: {sweep: [a, b]}": [
      "4:11: question: cannot be varied (parameters of stages can: data, split, augment, embed, " +
      "train, evaluate, claims, report)",
    ],
  });
});

Deno.test("a bad element of a sweep or of a model's overlay has its own place", () => {
  check({
    "train:\n  optimizer: {sweep: [adam, lino]}": [
      '5:29: train.optimizer.sweep[1]: expected one of sgd, adam, adamw, lion, found "lino" (did ' +
      "you mean lion?)",
    ],
    "train: {seed: {sweep: [1, 2]}}\nmodels:\n  a:\n    train:\n      learningRate: {tune: [1, -1]}":
      [
        "8:32: models.a.train.learningRate.tune[1]: expected a number greater than 0, found -1",
      ],
    "train: {epochs: 3}\nmodels:\n  a: {train: 4}": [
      "6:14: models.a.train: expected a map, found 4",
    ],
  });
});

Deno.test("what runs once cannot take params that vary below it", () => {
  check({
    "evaluate: {alpha: {sweep: [0.1, 0.2]}}": [
      "4:1: evaluate: evaluate.compare runs once for the study, but its params differ between " +
      "alpha=0.1 and alpha=0.2: alpha (give it one value, outside sweep, tune and the models that differ)",
    ],
    "evaluate: {bootstrap: {tune: [1, 2]}}": [
      "4:1: evaluate: evaluate.model runs once for each replicate, but its params differ between " +
      "model, bootstrap=1 and model, bootstrap=2: bootstrap (give it one value, outside sweep, " +
      "tune and the models that differ)",
    ],
    "models:\n  a: {claims: [{id: a, text: b, left: c}]}\n  b: {}": [
      "5:7: models.a.claims: claims.judge runs once for the study, but b does not ask for it as a " +
      "does (ask for it everywhere or nowhere)",
    ],
    "embed: {cells: {tune: [4, 8]}}": [
      "4:1: embed.method: expected one of hog, pixels, found nothing",
    ],
    "embed: {method: hog, cells: {tune: [4, 8]}}": [
      "1:1: evaluate: evaluate.model runs once for each replicate and reads one embeddings, but " +
      "there are several: from model, cells=4 and model, cells=8 (what varies must be chosen by an " +
      "earlier step, or the step must gather the port)",
    ],
  });
});

Deno.test("what nothing depends on cannot vary", () => {
  check({
    "report: {}\nsplit: {seed: 1}\nclaims: []\naugment: {copies: {sweep: [0, 1]}}": [],
    "augment: {copies: 0, seed: {sweep: [1, 2]}}": [
      "4:28: augment.seed: varies nothing, as the section augment asks for no step (ask for one in " +
      "augment, or write one value)",
    ],
    "augment: {copies: 0, shift: {sweep: [1, 2]}}": [
      "1:1: has models that ask for the same: shift=1, shift=2 (let it differ in at least one " +
      "value, or take it away)",
    ],
    "models:\n  a: {augment: {shift: 1}}\n  b: {augment: {shift: 2}}": [
      "6:3: models.b: asks for the same as models.a (let it differ in at least one value, or take " +
      "it away)",
    ],
  });
});

Deno.test("a grid beyond all bounds is refused before it is laid out", () => {
  const list = Array.from({ length: 1000 }, (_, i) => i + 1).join(", ");
  const [line] = refusal(`${HEAD}train: {epochs: {tune: [${list}]}, seed: {sweep: [${list}]}}`);
  assert.match(line, /^1:1: the study has more than 20000 points/);
});

Deno.test("a bad override is told with its option", () => {
  const told = (override: string, text = "") =>
    refusal(HEAD + text, [override]).map((line) => line.replace(`--set ${override}: `, ""));
  assert.deepEqual(told("train.learningrate=1"), [
    "train.learningrate: unknown key (did you mean learningRate?)",
  ]);
  assert.deepEqual(told("tarin.epochs=1"), ["tarin: unknown section (did you mean train?)"]);
  assert.deepEqual(told("train.learningRate=-1"), [
    "train.learningRate: expected a number greater than 0, found -1",
  ]);
  assert.deepEqual(told("train.epochs={sweep: [1, 0]}"), [
    "train.epochs.sweep[1]: expected a number greater than 0, found 0",
  ]);
  const models = "models:\n  a: {train: {epochs: 3}}\n  b: {train: {epochs: 4}}\n";
  assert.deepEqual(told("train.epochs=1", models), [
    "train.epochs: has no effect, as every model sets its own (write --set " +
    "models.a.train.epochs=…)",
  ]);
  assert.deepEqual(told("models.a.train.epochs=1", models), []);
  assert.deepEqual(told("train.epochs={sweep: [1, 2]}"), []);
});
