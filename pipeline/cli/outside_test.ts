/** Predictions from a file as models of a study: evaluated, compared and told like any other. */
import assert from "node:assert/strict";
import type { Comparison } from "../../data/artifacts/comparison.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import type { Tensor } from "../../data/formats/tensor.ts";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { DONE, FAILED, USAGE } from "./exit_codes.ts";

const STUDY = `format: 1
title: Letters
languages: [en, fr]
data: {source: letterforms, limit: 150}
split: {ratios: {train: 0.6, validation: 0.2, test: 0.2}}
train: {epochs: 3, seed: {sweep: [1, 2]}}
models:
  softmax: {}
  mlp: {embed: pixels, train: {head: mlp, hidden: 16}}
evaluate: {bootstrap: {samples: 100}}
`;
const PREDICTIONS = `predictions:
  notebook: {file: from/notebook.csv, title: {en: A notebook, fr: Un carnet}}
  classes: {file: classes.csv}
claims:
  - {id: same, text: No difference., left: notebook.accuracy, relation: different, right: mlp.accuracy, test: mcnemar}
`;
const FILE = "reports/letters/study.yaml";

Deno.test("predictions from a file are a model of the study", async (test) => {
  using copy = ProjectCopy.make({ letters: STUDY });
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await copy.run([...args, "--json"]);
    assert.equal(code, DONE, stderr + stdout);
    return stdout.trim().split("\n").filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
  };
  const computed = async () =>
    (await run("run")).filter(({ type }) => type === "node.finished")
      .map(({ node }) => node as string);
  const get = async (node: string, port: string, name: string) => {
    await run("get", "letters", node, port, "-o", "got");
    return copy.path(`got/${name}`);
  };
  const metricsOf = async (node: string, name: string): Promise<Metrics> =>
    JSON.parse(Deno.readTextFileSync(await get(node, "metrics", `${name}.metrics.json`)));

  await computed();
  const { names }: { names: string[] } = JSON.parse(Deno.readTextFileSync(
    await get("data.letterforms", "classes", "data.letterforms.classes.json"),
  ));
  const base = "evaluate.model-softmax-seed=1";
  const node = "evaluate.model[softmax, seed=1]";
  const ids = Deno.readTextFileSync(await get(node, "predictions", `${base}.predictions.csv`))
    .trim().split("\n").slice(1).map((line) => line.split(","));
  const answers = decodeSafetensors(
    Deno.readFileSync(await get(node, "probabilities", `${base}.probabilities.safetensors`)),
  ).get("probabilities") as Tensor<"F32">;
  const rows = ids.map(([id, label], i) => {
    const own = answers.data.subarray(i * names.length, (i + 1) * names.length);
    return [id, label, ...own].join(",");
  }).reverse();
  copy.write(
    "reports/letters/from/notebook.csv",
    [["id", "label", ...names].join(","), ...rows, ""].join("\n"),
  );
  const classes = ["id,predicted", ...ids.map(([id, , predicted]) => `${id},${predicted}`), ""];

  await test.step("a file that is not there, and names that do not fit", async () => {
    const refuse = async (text: string, says: RegExp) => {
      copy.write(FILE, text);
      const { code, stderr } = await copy.run(["run"]);
      assert.equal(code, USAGE, stderr);
      assert.match(stderr, says);
    };
    await refuse(STUDY + PREDICTIONS, /study\.yaml:13:.*predictions\.classes\.file.*no such file/);
    copy.write("reports/letters/classes.csv", classes.join("\n"));
    const entry = (text: string) => `${STUDY}predictions:\n  ${text}\n`;
    await refuse(entry("mlp: {file: classes.csv}"), /has a model mlp already/);
    await refuse(entry("x: {file: ../letters/classes.csv}"), /a path within the study's folder/);
    await refuse(entry("x: {file: study.yaml/a.csv}"), /:12:.*no such file/);
    await refuse(entry("x: {fiel: classes.csv}"), /study\.yaml:12:.*fiel.*file/);
    await refuse(
      entry("x: {file: classes.csv}").replace("split: {", "split: {seed: {sweep: [1, 2]}, "),
      /split\.seed varies, and predictions from a file are of one test set/,
    );
    await refuse(
      entry("x: {file: classes.csv}\n  y: {file: classes.csv}"),
      /predictions\.y: asks for the same as predictions\.x/,
    );
  });

  copy.write(FILE, STUDY + PREDICTIONS);
  await test.step("nothing is trained or evaluated again", async () => {
    assert.deepEqual((await computed()).sort(), [
      "claims.judge",
      "evaluate.compare",
      "evaluate.predictions[classes]",
      "evaluate.predictions[notebook]",
      "report.note",
    ]);
  });

  const own = await metricsOf(node, base);
  await test.step("the study's own probabilities have the study's own scores", async () => {
    const { training, source, ...scores } = await metricsOf(
      "evaluate.predictions[notebook]",
      "evaluate.predictions-notebook",
    );
    const { training: _, ...wanted } = own;
    assert.deepEqual(scores, wanted);
    assert.equal(training, null);
    assert.deepEqual([source!.file, source!.probabilities], ["from/notebook.csv", true]);
  });

  await test.step("classes alone leave scores of probabilities out, in words", async () => {
    const { scores, undefinedWhere, perClass, intervals } = await metricsOf(
      "evaluate.predictions[classes]",
      "evaluate.predictions-classes",
    );
    const missing = Object.keys(scores).filter((name) => scores[name] === null);
    assert.deepEqual(missing.filter((name) => own.scores[name] !== null).sort(), [
      "brierScore",
      "calibrationError",
      "logLoss",
      "macroAveragePrecision",
      "macroRocAuc",
      "topKAccuracy",
      "weightedAveragePrecision",
      "weightedRocAuc",
    ]);
    assert.equal(undefinedWhere.logLoss, "no probabilities were given");
    for (const name of Object.keys(scores)) {
      if (!missing.includes(name)) assert.equal(scores[name], own.scores[name], name);
    }
    assert.deepEqual(intervals.accuracy, own.intervals.accuracy);
    assert.equal(intervals.logLoss, undefined);
    assert(
      perClass.every(({ rocAuc, averagePrecision }) =>
        rocAuc === null && averagePrecision === null
      ),
    );
  });

  await test.step("they are compared with every replicate of the others", async () => {
    const comparison: Comparison = JSON.parse(
      Deno.readTextFileSync(
        await get("evaluate.compare", "comparison", "evaluate.compare.comparison.json"),
      ),
    );
    assert.deepEqual(
      comparison.models.map(({ name, optimizer, source }) => [name, optimizer, source?.file]),
      [
        ["softmax", "adam", undefined],
        ["mlp", "adam", undefined],
        ["notebook", null, "from/notebook.csv"],
        ["classes", null, "classes.csv"],
      ],
    );
    const pair = (left: string, right: string) =>
      comparison.pairs.find((pair) => pair.left === left && pair.right === right)!;
    const { mcnemar, differences } = pair("softmax", "notebook");
    assert.deepEqual(mcnemar.map(({ replicate }) => replicate), ["seed=1", "seed=2"]);
    assert.deepEqual([mcnemar[0].onlyLeft, mcnemar[0].onlyRight, mcnemar[0].p], [0, 0, 1]);
    assert.equal(differences.accuracy.perReplicate[0], 0);
    assert.equal(differences.accuracy.seeds, null);
    assert.equal(pair("notebook", "classes").differences.accuracy.difference, 0);
    assert.equal(pair("notebook", "classes").differences.logLoss.difference, null);
    assert.equal(comparison.values["classes.logLoss"], null);
  });

  await test.step("the note says where they come from", () => {
    const note = copy.read("reports/letters/note.md");
    assert.match(
      note,
      /predictions of A notebook come from elsewhere: .*`from\/notebook\.csv`.*`[0-9a-f]{64}`/,
    );
    assert.match(note, /For classes the file gives classes without their probabilities/);
    assert.match(
      copy.read("reports/letters/note.fr.md"),
      /prédictions de Un carnet viennent d.ailleurs/,
    );
    assert.doesNotMatch(note, /NaN/);
  });

  await test.step("export and predict have no head of them", async () => {
    const { code, stderr } = await copy.run(["export", "letters", "notebook"]);
    assert.equal(code, USAGE);
    assert.match(
      stderr,
      /notebook of letters has no trained head: its predictions come from a file/,
    );
    const files = await run("export", "letters", "-o", "out");
    assert.deepEqual([...new Set(files.map(({ model }) => model))], ["softmax", "mlp"]);
  });

  await test.step("verify computes them again", async () => {
    const { code, stdout, stderr } = await copy.run(["verify", "--require-all"]);
    assert.equal(code, DONE, stdout + stderr);
  });

  await test.step("another file, another evaluation; a wrong one is refused by its line", async () => {
    copy.write(
      "reports/letters/classes.csv",
      classes.with(2, classes[2].replace(/,.*/, ",?")).join("\n"),
    );
    const { code, stderr } = await copy.run(["run"]);
    assert.equal(code, FAILED);
    assert.match(stderr, /classes\.csv:3: predicted of ".*" must be one of the classes: .* "\?"/);
    const [, first, second, ...rest] = classes;
    const swapped = ["id,predicted", second, first, ...rest];
    copy.write("reports/letters/classes.csv", swapped.join("\n"));
    assert((await computed()).includes("evaluate.predictions[classes]"));
  });
});

Deno.test("one file has the predictions of every fold", async () => {
  const study = `format: 1
title: Letters in folds
languages: [en]
data: {source: letterforms, limit: 60}
split: {folds: 3}
embed: pixels
train: {epochs: 2}
evaluate: {bootstrap: {samples: 100}}
`;
  using copy = ProjectCopy.make({ letters: study });
  const run = async (...args: string[]) => {
    const { code, stderr } = await copy.run(args);
    assert.equal(code, DONE, stderr);
  };
  await run("run");
  await run("get", "letters", "evaluate.model", "predictions", "-o", "got");
  const rows = [1, 2, 3].flatMap((fold) =>
    copy.read(`got/evaluate.model-fold=${fold}.predictions.csv`).trim().split("\n").slice(1)
      .map((line) => line.split(",").slice(0, 3).join(","))
  );
  assert.equal(rows.length, 60, "each image is tested once");
  const file = ["id,label,predicted", ...rows, ""].join("\n");
  copy.write("reports/letters/notebook.csv", file);
  copy.write(FILE, `${study}predictions: {notebook: {file: notebook.csv}}\n`);
  await run("run");
  await run("get", "letters", "evaluate.compare", "comparison", "-o", "got");
  const { models, pairs: [pair] }: Comparison = JSON.parse(
    copy.read("got/evaluate.compare.comparison.json"),
  );
  const folds = ["fold=1", "fold=2", "fold=3"];
  assert.deepEqual(models.map(({ replicates }) => replicates), [folds, folds]);
  assert.deepEqual(pair.differences.accuracy.perReplicate, [0, 0, 0]);
  assert.deepEqual(pair.mcnemar.map(({ replicate, images }) => [replicate, images]), [
    ["fold=1", 20],
    ["fold=2", 20],
    ["fold=3", 20],
  ]);
  assert.equal(models[0].pooled!.accuracy, models[1].pooled!.accuracy);
  const [, first] = rows;
  copy.write("reports/letters/notebook.csv", file.replace(`${first}\n`, ""));
  const { code, stderr } = await copy.run(["run"]);
  assert.equal(code, FAILED);
  assert.match(stderr, /notebook\.csv: 1 of 20 test images are missing/);
});
