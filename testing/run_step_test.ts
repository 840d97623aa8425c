import assert from "node:assert/strict";
import { z } from "zod";
import { defineStep } from "../pipeline/stage.ts";
import { runStep } from "./run_step.ts";
import { needs, unmet } from "./require.ts";

const asset = new URL("./run_step_test.ts", import.meta.url);

const count = defineStep({
  name: "testing.count",
  module: import.meta.url,
  scope: "study",
  params: z.object({ by: z.int().default(2) }),
  inputs: { one: { format: "json" }, all: { format: "csv", many: true } },
  outputs: { sum: { format: "json" }, pages: { format: "tree" } },
  assets: () => [asset],
  async run({ params, inputs, outputs, ...context }) {
    const start = await inputs.one.json<number>();
    const labels = inputs.all.map((input) => input.label.model);
    const size = (await context.asset(asset)).length;
    await context.progress(1, 1, "numbers");
    await outputs.sum.json({ total: start * params.by, labels, read: size > 0 });
    await outputs.pages.file("a/b.txt").text("page");
  },
});

Deno.test("runStep() gives inputs, defaults and assets, and collects outputs", async () => {
  const result = await runStep(count, {}, {
    inputs: { one: { json: 21 }, all: [{ data: "x\n", label: { model: "m" } }, "y\n"] },
  });
  assert.equal(
    result.text("sum"),
    '{\n  "labels": [\n    "m",\n    ""\n  ],\n  "read": true,\n  "total": 42\n}\n',
  );
  assert.equal(result.text("pages/a/b.txt"), "page");
  assert.deepEqual(result.progress, [{ done: 1, total: 1, unit: "numbers" }]);
});

Deno.test("runStep() holds a step to its declaration", async () => {
  await assert.rejects(runStep(count, {}), /testing\.count needs an input for its port one/);
  const greedy = { ...count, assets: () => [] };
  await assert.rejects(
    runStep(greedy, {}, { inputs: { one: { json: 1 } } }),
    /asked for an asset that it does not declare/,
  );
  const idle = { ...count, run: () => Promise.resolve() };
  await assert.rejects(
    runStep(idle, {}, { inputs: { one: { json: 1 } } }),
    /did not write its output sum/,
  );
});

Deno.test("needs() skips what is missing and nothing else", () => {
  const here = { name: "this file", path: asset.pathname };
  const nowhere = { name: "nowhere", path: undefined };
  assert.deepEqual(needs(here), { ignore: false });
  assert.deepEqual(unmet([here, nowhere, "no-such-program"]).map(({ name }) => name), [
    "nowhere",
    "no-such-program",
  ]);
});
