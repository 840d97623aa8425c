import assert from "node:assert/strict";
import { parsePartition, stringifyPartition } from "./partition.ts";
import { parseSamples, stringifySamples } from "./samples.ts";

Deno.test("samples read back as written", async () => {
  const samples = [
    { id: "a,1", label: '"', group: "", origin: "a,1" },
    { id: "__proto__", label: "__proto__", group: "é", origin: "a,1" },
  ];
  assert.deepEqual(await parseSamples(await stringifySamples(samples)), samples);
});

Deno.test("a samples table with one id twice is refused", async () => {
  const text = "id,label,group,origin\na,x,,a\na,y,,a\n";
  await assert.rejects(parseSamples(text), /samples table: id "a" stands twice/);
});

Deno.test("a partition reads back as written", async () => {
  const text = await stringifyPartition(["a", "__proto__"], ["train", "test"]);
  assert.equal(text, "id,partition\na,train\n__proto__,test\n");
  assert.deepEqual(await parsePartition(text, ["a", "__proto__"]), ["train", "test"]);
});

Deno.test("a partition that does not fit its images is refused", async () => {
  const cases: [string, RegExp][] = [
    ["id,partition\na,train\n", /expected 2 rows, one for each image, found 1/],
    ["id,partition\nb,test\na,train\n", /expected id "a" in row 1, found "b"/],
    ["id,partition\na,train\nb,dev\n", /expected train, validation, test for id "b", found "dev"/],
  ];
  for (const [text, message] of cases) {
    await assert.rejects(parsePartition(text, ["a", "b"]), message);
  }
});
