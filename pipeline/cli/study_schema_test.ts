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

Deno.test("a schedule may be a name or written out, in the sections and in a model", () => {
  const schema = JSON.parse(studySchemaText());
  const fitsWith = (schedule: unknown) => {
    const train = { schedule };
    return fits(
      { format: 1, title: "Study", data: "letterforms", train, models: { a: { train } } },
      schema,
    );
  };
  assert.ok(fitsWith("cosine"));
  assert.ok(fitsWith({ kind: "step", every: 10, warmUp: 2 }));
  assert.ok(fitsWith({ kind: { sweep: ["step", "exponential"] } }));
  assert.ok(fitsWith({ warmUp: 1 }));
  assert.ok(!fitsWith("linear"));
  assert.ok(!fitsWith({ kind: "step", often: 10 }));
});
