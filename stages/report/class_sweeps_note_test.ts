import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { runStep } from "../../testing/run_step.ts";
import note from "./note.ts";
import { HOSTILE } from "./testdata/hostile.ts";
import { LETTERS, type SyntheticOptions, syntheticStudy } from "./testdata/synthetic.ts";

const MODELS = ["d0", "d1", "d2", "d3"];

/** A study whose models differ by their weight decay; the m-th serves every class c with c % 4 = m best. */
function write(decays: readonly number[], options: SyntheticOptions = {}, more?: object[]) {
  const { params, inputs } = syntheticStudy({ models: MODELS, ...options });
  const models = Object.fromEntries(
    MODELS.map((name, i) => [name, { train: { weightDecay: decays[i], ...more?.[i] } }]),
  );
  const sections = { ...params.sections, models };
  return runStep(note, { ...params, sections }, { inputs });
}

Deno.test("a swept number has its loss by class, with the best value of each", async () => {
  const result = await write([0.001, 0.01, 0.1, 1]);
  const english = result.text("note/note.en.md");
  assert.match(english, /^### Loss of each class by weight decay$/m);
  assert.match(english, /A diagnostic, not a selection/);
  assert.match(english, /on a logarithmic axis/);
  assert.match(english, /^- .*Balestriero/m);
  assert.match(english, /^\| Class \| Best value \| In replicates \| Loss there \|/m);
  // Fifteen classes: four each for the first three values, three for the last.
  const values: string[][] = parse(result.text("note/tables/sweep-train-weightDecay.csv"));
  assert.deepEqual(values.slice(1).map((row) => [row[1], row[6]]), [
    ["0.001", "4"],
    ["0.01", "4"],
    ["0.1", "4"],
    ["1", "3"],
  ]);
  // (4·0 + 4·0.1 + 4·0.4 + 3·0.9) / 15 above the floor of 0.2 and the replicates' mean of 0.02.
  assert.ok(Math.abs(Number(values[1][2]) - (0.22 + 4.7 / 15)) < 1e-12);
  // The second value has the lowest mean, so that eleven classes would rather have another one.
  assert.match(
    english,
    /^For \*\*11\*\* of 15 classes, another value than the common one, 0\.01,/m,
  );
  const classes: string[][] = parse(result.text("note/tables/sweep-train-weightDecay-classes.csv"));
  assert.equal(classes.length, 1 + 15);
  const [name, , best, agreeing, replicates, , common, , cost] = classes[1];
  assert.deepEqual([name, best, agreeing, replicates, common], ["i", "1", "5", "5", "0.01"]);
  assert.ok(Math.abs(Number(cost) - 0.4) < 1e-12);
  const losses: string[][] = parse(
    result.text("note/figures/sweep-train-weightDecay-losses.csv"),
  );
  assert.equal(losses.length, 1 + 15 * 4);
  assert.match(
    result.text("note/note.md"),
    /^### Perte de chaque classe \(dégradation des poids\)$/m,
  );
});

Deno.test("with losses on validation, what is chosen there is told by its test losses", async () => {
  const { params, inputs } = syntheticStudy({ models: MODELS, languages: ["en"], replicates: 2 });
  const models = Object.fromEntries(
    MODELS.map((name, i) => [name, { train: { weightDecay: [0.001, 0.01, 0.1, 1][i] } }]),
  );
  // On validation the third value serves every class best, but the last class has no image there.
  const [last] = LETTERS.slice(-1);
  const validationLosses = MODELS.flatMap((model, m) =>
    params.models[m].replicates.map((replicate) => ({
      label: { model, replicate, candidate: "" },
      data: "class,images,log_loss\n" +
        LETTERS.map((name) => `${name},8,${name === last ? "" : (m - 2) ** 2 + 1}\n`).join(""),
    }))
  );
  const result = await runStep(note, { ...params, sections: { ...params.sections, models } }, {
    inputs: { ...inputs, validationLosses },
  });
  const text = result.text("note/note.md");
  // Fourteen classes at 0.1: 0.205 and 0.4, 0.1, 0, 0.1 above it for 4, 4, 3 and 3 of them.
  const mean = (0.205 + (4 * 0.4 + 4 * 0.1 + 3 * 0 + 3 * 0.1) / 14).toFixed(3);
  assert.ok(text.includes(
    `(0.1) gives a mean test loss over classes of ${mean}; for each class ` +
      `its own value, ${mean}.`,
  ));
  const values: string[][] = parse(result.text("note/tables/sweep-train-weightDecay.csv"));
  assert.deepEqual(values.slice(1).map((row) => row.slice(7)), [
    ["5", "0"],
    ["2", "0"],
    ["1", "14"],
    ["2", "0"],
  ]);
  const classes: string[][] = parse(result.text("note/tables/sweep-train-weightDecay-classes.csv"));
  assert.deepEqual(classes.find(([name]) => name === last)!.slice(9), ["", ""]);
  assert.equal(classes.find(([name]) => name === LETTERS[0])![9], "0.1");
});

Deno.test("a model without losses on validation, such as a file, leaves the note whole", async () => {
  const { params, inputs } = syntheticStudy({ models: MODELS, languages: ["en"], replicates: 2 });
  const label = { model: MODELS[0], replicate: "", candidate: "" };
  const data = "class,images,log_loss\n" + LETTERS.map((name) => `${name},8,1\n`).join("");
  const curve = "epoch,test_loss,test_accuracy\n1,1,0.5\n";
  const result = await runStep(note, params, {
    inputs: {
      ...inputs,
      validationLosses: [{ label, data }],
      testCurves: [{ label, data: curve }],
    },
  });
  assert.match(result.text("note/note.md"), /On the test set, epoch by epoch/);
  const curves: string[][] = parse(result.text("note/figures/test-loss-curves.csv"));
  assert.deepEqual([...new Set(curves.slice(1).map(([model]) => model))], [MODELS[0]]);
});

Deno.test("numbers swept for a class have files of safe names, whatever it is called", async () => {
  for (const name of [...HOSTILE, ".", "a//b", "../x"]) {
    const swept = [0.001, 0.01, 0.1, 1].map((value) => ({ weightDecayByClass: { [name]: value } }));
    const result = await write([0, 0, 0, 0], { languages: ["en"], replicates: 1 }, swept);
    const files = [...result.files.keys()].filter((path) => path.includes("/sweep-"));
    assert.ok(files.length >= 3, name);
    for (const path of files) {
      assert.match(path, /^note\/(figures|tables)\/[\w-]+\.(csv|svg)$/, name);
    }
    assert.doesNotMatch(result.text("note/note.html"), /<script>alert|<img[^>]*onerror/, name);
  }
});

Deno.test("a sweep from zero is drawn, and one beside another setting has a panel for each", async () => {
  const zero = await write([0, 0.01, 0.1, 1], { languages: ["en"], replicates: 1 });
  assert.match(zero.text("note/figures/sweep-train-weightDecay-losses.svg"), />0\.01</);
  const linear = await write([1, 2, 3, 4], { languages: ["en"], replicates: 1 });
  assert.doesNotMatch(linear.text("note/note.md"), /logarithmic axis/);
  const grid = await write(
    [0.1, 1, 10, 0.1],
    { languages: ["en"], replicates: 1 },
    [{ optimizer: "adam" }, { optimizer: "adam" }, { optimizer: "adam" }, { optimizer: "sgd" }],
  );
  const values: string[][] = parse(grid.text("note/tables/sweep-train-weightDecay.csv"));
  assert.deepEqual(values.slice(1).map(([, value]) => value), ["0.1", "1", "10"]);
  assert.doesNotMatch(grid.text("note/note.md"), /In replicates/);
});

Deno.test("hostile class names stay inert in a sweep", async () => {
  const result = await write([0.1, 1, 10, 100], { classes: HOSTILE, replicates: 2 });
  const html = result.text("note/note.en.html");
  assert.doesNotMatch(html, /<(script|img|iframe|object|link)\b/i);
  assert.doesNotMatch(html.replace(/"[^"]*"/g, ""), /<[^>]*\son\w+\s*=/i);
});

Deno.test("a study without a sweep has none of it", async () => {
  const { params, inputs } = syntheticStudy();
  const result = await runStep(note, params, { inputs });
  assert.doesNotMatch(result.text("note/note.en.md"), /Loss of each class/);
});

Deno.test("with many classes, the table has those that lose most and the figure all", async () => {
  const classes = Array.from({ length: 60 }, (_, i) => `class ${i}`);
  const result = await write([0.1, 1, 10, 100], { classes, languages: ["en"], replicates: 1 });
  assert.match(result.text("note/note.md"), /The 20 of 60 rows with the largest difference/);
  const table: string[][] = parse(result.text("note/tables/sweep-train-weightDecay-classes.csv"));
  assert.equal(table.length, 1 + 60);
  const data: string[][] = parse(result.text("note/figures/sweep-train-weightDecay-losses.csv"));
  assert.equal(data.length, 1 + 60 * 4);
});
