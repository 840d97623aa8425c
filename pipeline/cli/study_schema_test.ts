import assert from "node:assert/strict";
import { parse } from "yaml";
import { findStudies } from "../study/find.ts";
import { fits } from "../study/testing/json_schema_check.ts";
import { ROOT } from "./project.ts";
import { SCHEMA_PATH, studySchemaText } from "./study_schema.ts";

Deno.test("the committed JSON Schema is that of the stages", async () => {
  assert.ok(
    await Deno.readTextFile(SCHEMA_PATH) === studySchemaText(),
    "reports/study.schema.json is out of date: " +
      "deno run --allow-read --allow-write pipeline/cli/study_schema.ts",
  );
});

Deno.test("every study of this project fits the JSON Schema", async () => {
  const schema = JSON.parse(studySchemaText());
  for (const { name, path } of await findStudies(ROOT)) {
    assert.ok(fits(parse(await Deno.readTextFile(path)), schema), name);
  }
});

/** Whether a section `train` fits the schema, as the study's and as a model's. */
function fitsTrain(train: Record<string, unknown>): boolean {
  const study = { format: 1, title: "Study", data: "letterforms", train, models: { a: { train } } };
  return fits(study, JSON.parse(studySchemaText()));
}

Deno.test("a schedule may be a name or written out, in the sections and in a model", () => {
  const fitsWith = (schedule: unknown) => fitsTrain({ schedule });
  assert.ok(fitsWith("cosine"));
  assert.ok(fitsWith({ kind: "step", every: 10, warmUp: 2 }));
  assert.ok(fitsWith({ kind: { sweep: ["step", "exponential"] } }));
  assert.ok(fitsWith({ warmUp: 1 }));
  assert.ok(!fitsWith("linear"));
  assert.ok(!fitsWith({ kind: "step", often: 10 }));
});

Deno.test("a head may be a name or written out, and either may vary", () => {
  const fitsWith = (head: unknown) => fitsTrain({ head });
  assert.ok(fitsWith("mlp"));
  assert.ok(fitsWith("forest"));
  assert.ok(fitsWith({ kind: "forest", trees: 100, maxDepth: null }));
  assert.ok(fitsWith({ kind: "knn", neighbors: { tune: [1, 5] } }));
  assert.ok(fitsWith({ sweep: ["softmax", "forest", "centroid"] }));
  assert.ok(!fitsWith("tree"));
  assert.ok(!fitsWith({ sweep: ["softmax", "tree"] }));
  assert.ok(!fitsWith({ kind: "knn", trees: 100 }));
});
