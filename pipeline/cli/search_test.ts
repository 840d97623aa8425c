/** What a search computes again, on a copy of the project: keys are of contents, at every round. */
import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { ProjectCopy } from "../../testing/project_copy.ts";

const STUDY = `format: 1
title: Searches
data: {source: letterforms, limit: 300}
split: {ratios: {train: 0.6, validation: 0.2, test: 0.2}}
train: {epochs: 4}
models:
  adam: {train: {learningRate: {tune: [0.0001, 0.003, 0.02, 0.1], refine: {points: 2}}}}
  lion: {train: {optimizer: lion, tune: {random: 2, learningRate: {log: [0.0001, 0.01]}}}}
evaluate: {bootstrap: {samples: 100}}
`;

/** Names of the steps that were computed, with their numbers. */
async function computed(copy: ProjectCopy): Promise<Record<string, number>> {
  const { code, stdout, stderr } = await copy.run(["run", "--json"]);
  assert.equal(code, 0, stderr + stdout);
  const steps = stdout.trim().split("\n").map((line) => JSON.parse(line))
    .filter((event) => event.type === "node.finished")
    .map((event) => String(event.node).replace(/[[#].*/, ""));
  return Object.fromEntries(
    [...Map.groupBy(steps, (step) => step)].map(([step, all]) => [step, all.length]),
  );
}

Deno.test("a search computes what is new in it, and nothing else", async (test) => {
  using copy = ProjectCopy.make({ searches: STUDY });
  const path = "reports/searches/study.yaml";
  const all = await computed(copy);
  assert.equal(all["train.fit"], 4 + 2);
  assert.equal(all["train.fitRefined"], 2);

  await test.step("nothing changed: nothing runs", async () => {
    assert.deepEqual(await computed(copy), {});
  });

  await test.step("another value far from the best: the same refinement, not trained again", async () => {
    copy.edit(path, "tune: [0.0001, ", "tune: [0.00001, 0.0001, ");
    const again = await computed(copy);
    assert.equal(again["train.fit"], 1);
    assert.equal(again["train.refine"], 2);
    assert.equal(again["train.fitRefined"], undefined);
  });

  await test.step("one more draw: one more training", async () => {
    copy.edit(path, "random: 2", "random: 3");
    const again = await computed(copy);
    assert.equal(again["train.fit"], 1);
    assert.equal(again["train.fitRefined"], undefined);
  });

  await test.step("test curves: trainings that were kept run again, nothing before them", async () => {
    copy.edit(path, "evaluate: {", "evaluate: {curves: test, ");
    assert.deepEqual(await computed(copy), {
      "train.trace": 2,
      "evaluate.curves": 2,
      "report.note": 1,
    });
    assert.match(copy.read("reports/searches/note.md"), /A diagnostic, and no basis for a choice/);
  });
});

const BY_CLASS = `format: 1
title: Decays
data: {source: letterforms, limit: 300}
split: {ratios: {train: 0.6, validation: 0.2, test: 0.2}}
train: {optimizer: adamw, learningRate: 0.03, epochs: 8, seed: {sweep: [1, 2]}, weightDecay: {tune: [0.01, 0.3, 3]}}
models:
  single: {}
  by-class: {train: {weightDecayByClass: tuned}}
evaluate: {bootstrap: {samples: 100}}
claims:
  - {id: helps, text: Decays by class lower the loss., left: by-class.logLoss, relation: less, right: single.logLoss}
`;

Deno.test("decays by class are chosen, trained with and told; an equal choice trains nothing", async (test) => {
  using copy = ProjectCopy.make({ decays: BY_CLASS });
  const [path, note] = ["study.yaml", "note.md"].map((name) => `reports/decays/${name}`);
  const all = await computed(copy);
  // The tries are shared; one training more in each replicate.
  assert.equal(all["train.fit"], 3 * 2);
  assert.equal(all["train.fitByClass"], 2);
  const rows: Record<string, string>[] = parse(
    copy.read("reports/decays/tables/decays-by-class.csv"),
    { columns: true },
  );
  const classes = Map.groupBy(rows, (row) => row.class);
  assert.equal(classes.size, 15);
  const chosen = rows.filter((row) => row.chosen === "true");
  for (const row of chosen) {
    const losses = classes.get(row.class)!.map((own) => Number(own.validation_loss));
    assert.equal(Number(row.validation_loss), Math.min(...losses), row.class);
  }
  assert.equal(chosen.length, 15);
  assert.ok(new Set(chosen.map((row) => row.weight_decay)).size > 1);
  assert.match(copy.read(note), /of the 15 classes take another weight decay than the one/);
  const single = rows.find((row) => row.single === "true")!.weight_decay;
  assert.match(copy.read(note), RegExp(`best for all classes together \\(${single}\\)`));

  await test.step("a weight decay that diverges: the same choices, not trained again", async () => {
    copy.edit(path, "tune: [0.01, ", "tune: [100, 0.01, ");
    const again = await computed(copy);
    assert.equal(again["train.fit"], 2);
    assert.equal(again["train.setByClass"], 2);
    assert.equal(again["train.fitByClass"], undefined);
  });
});
