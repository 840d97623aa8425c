import assert from "node:assert/strict";
import { parseStudy } from "./load.ts";
import { StudyError } from "./study_error.ts";
import { toPlain } from "./tree.ts";

const TEXT = `
format: 1
train: {epochs: 3, seed: {sweep: [1, 2]}}
models:
  adam: {train: {optimizer: adam}}
claims:
  - {id: a, margin: 0}
`;

function set(...overrides: string[]): Record<string, unknown> {
  return toPlain(parseStudy(TEXT, "s.yaml", { overrides }).root) as Record<string, unknown>;
}

function refusal(...overrides: string[]): string {
  try {
    set(...overrides);
  } catch (error) {
    if (error instanceof StudyError) return error.message;
    throw error;
  }
  return "";
}

Deno.test("an override replaces, adds, and reaches into models and lists; the last one wins", () => {
  assert.deepEqual(set("train.epochs=5").train, { epochs: 5, seed: { sweep: [1, 2] } });
  assert.deepEqual(set("train.seed=7", "train.seed=8").train, { epochs: 3, seed: 8 });
  assert.deepEqual(set("train.seed.sweep=[4]").train, { epochs: 3, seed: { sweep: [4] } });
  assert.deepEqual(set("embed.method=hog").embed, { method: "hog" });
  assert.deepEqual(set("embed={method: hog, cells: 4}").embed, { method: "hog", cells: 4 });
  assert.deepEqual(set("models.adam.train.epochs=9").models, {
    adam: { train: { optimizer: "adam", epochs: 9 } },
  });
  assert.deepEqual(set("train.seed=null").train, { epochs: 3 });
  assert.deepEqual(set("claims.0.margin=0.1").claims, [{ id: "a", margin: 0.1 }]);
});

Deno.test("an override that does not apply points at the option", () => {
  assert.equal(
    refusal("train.epochs"),
    "--set train.epochs: expected a path and a value (write --set train.learningRate=0.01)",
  );
  assert.equal(
    refusal("train..epochs=1"),
    "--set train..epochs=1: expected a path and a value (write --set train.learningRate=0.01)",
  );
  assert.equal(
    refusal("train.epochs="),
    "--set train.epochs=: train.epochs: no value after the = (write null to take it away)",
  );
  assert.equal(
    refusal("models.adma.train.epochs=1"),
    "--set models.adma.train.epochs=1: models.adma: the study has no such model (did you mean adam?)",
  );
  assert.equal(
    refusal("claims.1.margin=1"),
    '--set claims.1.margin=1: claims: expected the number of an item, found "1" (items are ' +
      "numbered 0 to 0)",
  );
  assert.equal(
    refusal("train.epochs.x=1"),
    '--set train.epochs.x=1: train.epochs: is a single value and has no "x" below it (replace it whole: ' +
      "--set train.epochs=…)",
  );
  assert.equal(
    refusal("train.__proto__.x=1"),
    "--set train.__proto__.x=1: __proto__: this key is not allowed",
  );
  assert.match(
    refusal("train.epochs=[1"),
    /^--set train\.epochs=\[1: train\.epochs: Flow sequence/,
  );
  assert.match(
    refusal("train={__proto__: 1}"),
    /^--set train=\{__proto__: 1\}: train\.__proto__: this key is not allowed/,
  );
});
