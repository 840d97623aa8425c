import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { stringifyCsv } from "../../data/formats/csv.ts";
import type { PointLabel } from "../../pipeline/stage.ts";
import { runStep } from "../../testing/run_step.ts";
import note from "./note.ts";
import { HOSTILE } from "./testdata/hostile.ts";
import { syntheticStudy } from "./testdata/synthetic.ts";

/** The history of two dense layers with a ReLU between them, or of one layer. */
function history(deep: boolean, full: boolean, dead: number): Promise<string> {
  const layers = deep ? ["0 (dense 8)", "2 (dense 3)"] : ["0 (dense 3)"];
  const columns = [
    "epoch,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy".split(","),
    ["objective", "weights_absolute_sum", "weights_norm"],
    layers.map((name) => `gradient_norm ${name}`),
    full ? ["train_loss_at_end", "train_accuracy_at_end"] : [],
    full && deep ? ["dead_units 1 (relu)"] : [],
  ];
  const rows = [1, 2, 3, 4].map((epoch) => [
    ...[epoch, 0.1, 1 / epoch, 0.5, 1, 0.5],
    ...[1 / epoch + 0.25, 10 * epoch, epoch],
    ...(deep ? [1e-6 / epoch, 1 / epoch] : [epoch === 2 ? 0 : 1 / epoch]),
    ...(full ? [1 / epoch, 0.5] : []),
    ...(full && deep ? [dead * epoch] : []),
  ]);
  return stringifyCsv(columns.flat(), rows);
}

/** A study of two models, of which the first is deep. */
async function write(
  { full, titles, dead = 1 / 8 }: { full: boolean; titles?: readonly string[]; dead?: number },
) {
  const models = ["deep", "flat"];
  const { params, inputs } = syntheticStudy({ models, titles: titles ?? models, replicates: 2 });
  const handles = inputs.history as readonly { label: PointLabel; data: string }[];
  const histories = handles.map(async ({ label }) => ({
    label,
    data: await history(label.model === "deep", full, dead),
  }));
  return runStep(note, params, { inputs: { ...inputs, history: await Promise.all(histories) } });
}

Deno.test("gradients by layer are told of heads with several layers", async () => {
  const result = await write({ full: false });
  const english = result.text("note/note.en.md");
  assert.match(english, /^### Inside the trainings$/m);
  assert.match(result.text("note/note.md"), /^### Au cœur des entraînements$/m);
  assert.match(
    english,
    /^\| deep \| 0 \(dense 8\) \| 1\.0 × 10⁻⁶|^\| deep \| 0 \(dense 8\) \| 10⁻⁶/m,
  );
  assert.match(english, /^- .*Glorot.*2010/m);
  const rows: string[][] = parse(result.text("note/figures/gradient-norms.csv"));
  // Only the deep model, two layers over four epochs.
  assert.equal(rows.length, 1 + 2 * 4);
  assert.deepEqual(rows[1], ["deep", "0 (dense 8)", "1", "0.000001", "0.000001", "0.000001"]);
  assert.ok(!result.files.has("note/figures/dead-units.csv"));
  assert.ok(!result.files.has("note/figures/objective.csv"));
});

Deno.test("full histories add dead units, the objective and the weights' norm", async () => {
  const result = await write({ full: true });
  const dead: string[][] = parse(result.text("note/tables/dead-units.csv"));
  assert.deepEqual(dead.slice(1).map((row) => [row[0], row[1], row[2], row[4]]), [
    ["deep", "1 (relu)", "0.125", "0.5"],
  ]);
  const objective: string[][] = parse(result.text("note/figures/objective.csv"));
  assert.deepEqual(objective[0], ["model", "epoch", "mean", "low", "high"]);
  assert.deepEqual(objective.slice(1, 3), [["deep", "1", "1.25", "1.25", "1.25"], [
    "deep",
    "2",
    "0.75",
    "0.75",
    "0.75",
  ]]);
  const norms: string[][] = parse(result.text("note/figures/weight-norms.csv"));
  assert.deepEqual(norms.at(-1), ["flat", "4", "4", "4", "4"]);
  // A gradient of zero is in the numbers, though the axis has no place for it.
  const gradients: string[][] = parse(result.text("note/figures/gradient-norms.csv"));
  assert.ok(
    gradients.some(([model, , at, mean]) => model === "flat" && at === "2" && mean === "0"),
  );
});

Deno.test("where no unit is dead, a sentence says so instead of an empty figure", async () => {
  const result = await write({ full: true, dead: 0 });
  assert.match(result.text("note/note.en.md"), /^No unit is dead after any epoch of deep\.$/m);
  assert.ok(!result.files.has("note/figures/dead-units.csv"));
});

Deno.test("one layer and brief histories have nothing to tell", async () => {
  const { params, inputs } = syntheticStudy();
  const english = (await runStep(note, params, { inputs })).text("note/note.en.md");
  assert.doesNotMatch(english, /Inside the trainings/);
});

Deno.test("hostile titles of models stay text in the curves of their trainings", async () => {
  const result = await write({ full: true, titles: HOSTILE.slice(0, 2) });
  for (const [path] of result.files) {
    if (!/\.(svg|html)$/.test(path)) continue;
    assert.doesNotMatch(result.text(path), /<script>|<img[^>]*onerror/, path);
  }
});
