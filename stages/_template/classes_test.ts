import assert from "node:assert/strict";
import { runStep } from "../../testing/run_step.ts";
import classes, { type CountReport } from "./classes.ts";
import stage from "./stage.ts";

const samples = "id,label,group,origin\na,x,,a\nb,__proto__,,b\nc,x,,c\n";

Deno.test("the images of each class are counted", async () => {
  // Defaults are filled in, inputs are given by port, outputs come back by port.
  const result = await runStep(classes, {}, { inputs: { samples } });
  assert.deepEqual(result.json<CountReport>("countReport"), {
    classes: [{ label: "x", images: 2 }, { label: "__proto__", images: 1 }],
  });
});

Deno.test("a class with too few images is refused by name and number", async () => {
  await assert.rejects(
    runStep(classes, { minimum: 2 }, { inputs: { samples } }),
    /class "__proto__" must have at least 2 images: current number is 1/,
  );
});

Deno.test("the stage runs where the study has its section, and only there", () => {
  const facts = { name: "test", models: [], study: {} };
  const names = (section?: unknown) =>
    stage.steps(stage.section.parse(section), facts).map(({ step }) => step.name);
  assert.deepEqual(names({}), ["count.classes"]);
  assert.deepEqual(names(), []);
});

Deno.test("a section with an unknown key is refused", () => {
  const [issue] = stage.section.safeParse({ minimun: 2 }).error!.issues;
  assert.match(issue!.message, /Unrecognized key: "minimun"/);
});
