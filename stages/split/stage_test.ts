import assert from "node:assert/strict";
import { z } from "zod";
import type { StudyFacts } from "../../pipeline/stage.ts";
import type { SplitParams } from "./params.ts";
import stage from "./stage.ts";

/** The params of a section's step in a study of one model on these data. */
function paramsOf(section: object, data: object): SplitParams {
  const model = { name: "model", replicates: [""], candidates: [""], sections: { data } };
  const facts = { name: "study", models: [model] } as unknown as StudyFacts;
  const [{ params }] = stage.steps(stage.section.parse(section), facts);
  return params as SplitParams;
}

const PUBLISHED = { source: "fashion-mnist" };
const LETTERS = { source: "letterforms", characters: "look-alikes", families: ["lato", "inter"] };

Deno.test("a published set is tested on its own test set unless a study asks for another split", () => {
  assert.equal(paramsOf({}, PUBLISHED).published, true);
  assert.equal(paramsOf({ validation: 0.2 }, PUBLISHED).published, true);
  assert.equal(paramsOf({ published: false }, PUBLISHED).published, false);
  assert.equal(paramsOf({ folds: 3, fold: 1 }, PUBLISHED).published, false);
  const ratios = { train: 0.6, validation: 0.2, test: 0.2 };
  assert.equal(paramsOf({ ratios }, PUBLISHED).published, false);
  assert.equal(paramsOf({}, LETTERS).published, false);
});

Deno.test("a share for validation needs a test set that is given, and groups need groups", () => {
  const refused = (section: object, data: object, path: string, says: RegExp) =>
    assert.throws(() => paramsOf(section, data), (error) => {
      assert(error instanceof z.ZodError);
      assert.deepEqual(error.issues[0].path, [path]);
      assert.match(error.issues[0].message, says);
      return true;
    });
  refused({ validation: 0.2 }, LETTERS, "validation", /needs `folds` or `published`/);
  refused({ group: true }, PUBLISHED, "group", /source fashion-mnist has no groups/);
  assert.equal(paramsOf({ group: true }, LETTERS).group, true);
});
