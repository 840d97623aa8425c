import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import type { Choice } from "../../data/artifacts/choice.ts";
import type { Comparison } from "../../data/artifacts/comparison.ts";
import type { Metrics } from "../../data/artifacts/metrics.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { TEST_METRICS } from "../../data/artifacts/value_names.ts";
import type { PointLabel } from "../../pipeline/stage.ts";
import { runStep, type StepResult } from "../../testing/run_step.ts";
import note from "./note.ts";
import { HOSTILE } from "./testdata/hostile.ts";
import { LETTERS, type SyntheticOptions, syntheticStudy } from "./testdata/synthetic.ts";

function write(options: SyntheticOptions = {}): Promise<StepResult> {
  const { params, inputs } = syntheticStudy(options);
  return runStep(note, params, { inputs });
}

Deno.test("report.note writes both languages, with the numbers behind each figure", async () => {
  const result = await write();
  const paths = [...result.files.keys()];
  for (const path of ["note.md", "note.html", "note.en.md", "note.en.html"]) {
    assert.ok(paths.includes(`note/${path}`), path);
  }
  for (const page of ["note/note.md", "note/note.en.md"]) {
    const links = [...result.text(page).matchAll(/\]\(((?:figures|tables|note)[^)]+)\)/g)];
    assert.ok(links.length > 30);
    for (const [, path] of links) assert.ok(paths.includes(`note/${path}`), `${page}: ${path}`);
  }
  for (const path of paths.filter((path) => path.endsWith(".svg"))) {
    const data = path.replace(/(\.en)?\.svg$/, ".csv");
    assert.ok(paths.includes(data), `${path} has no ${data}`);
    assert.doesNotMatch(result.text(path), /\.\d{3,}[ ,"]/, `${path} has unrounded coordinates`);
  }
  for (const page of ["note/note.html", "note/note.en.html"]) {
    assert.ok(result.bytes(page).length < 3_000_000);
  }
});

Deno.test("report.note gives the same bytes again", async () => {
  const [a, b] = [await write(), await write()];
  assert.deepEqual([...a.files.keys()], [...b.files.keys()]);
  for (const name of a.files.keys()) assert.equal(a.digest(name), b.digest(name), name);
});

Deno.test("links within a note find their section", async () => {
  const result = await write();
  const markdown = result.text("note/note.md");
  const headings = [...markdown.matchAll(/^## (.*)$/gm)].map(([, title]) =>
    title.toLowerCase().replace(/[^\p{L}\p{N}\- ]/gu, "").replaceAll(" ", "-")
  );
  const links = [...markdown.matchAll(/\]\(#([^)]*)\)/g)].map(([, id]) => id);
  assert.ok(links.length > headings.length);
  for (const id of links) assert.ok(headings.includes(id), id);
  const html = result.text("note/note.html");
  for (const [, id] of html.matchAll(/href="#([^"]*)"/g)) {
    assert.ok(html.includes(`id="${id}"`), id);
  }
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length, "every id stands once");
});

Deno.test("report.note sums up the study in its overview", async () => {
  const { params, inputs } = syntheticStudy();
  const result = await runStep(note, params, { inputs });
  const comparison = (inputs.comparison as { json: { models: never[] } }).json;
  const lion = comparison.models[2] as { quantities: Record<string, { mean: number }> };
  const overview = result.json("overview");
  assert.equal(overview.headline.label, "lion.accuracy");
  assert.equal(overview.headline.value, lion.quantities.accuracy.mean);
  assert.deepEqual(overview.claims, {
    held: 1,
    total: 2,
    verdicts: { "as-accurate": "holds", "different": "not-significant" },
  });
});

Deno.test("report.note tables further scores, and draws how far probabilities can be trusted", async () => {
  const { params, inputs } = syntheticStudy();
  const result = await runStep(note, params, { inputs });
  const { models } = (inputs.comparison as { json: Comparison }).json;
  const header = /^\| Model \| Balanced accuracy \| Top 5 \| κ \| MCC \| ROC AUC \|.*ECE \|$/m;
  assert.match(result.text("note/note.en.md"), header);
  assert.match(
    result.text("note/note.md"),
    /^\| Modèle \| Exactitude équilibrée \| Top 5 \| κ \|/m,
  );
  assert.match(result.text("note/note.en.md"), /Student's t gives these 95% intervals/);
  assert.doesNotMatch(result.text("note/note.en.md"), /A dash marks a score/);
  const rows: string[][] = parse(result.text("note/tables/scores.csv"));
  assert.equal(rows.length, 1 + models.length * TEST_METRICS.length);
  const [, , mean, deviation, low, , from, to] = rows.find(([model, score]) =>
    model === "lion" && score === "macroRocAuc"
  )!;
  const { macroRocAuc } = models[2].quantities;
  assert.deepEqual([Number(mean), Number(deviation)], [
    macroRocAuc.mean,
    macroRocAuc.standardDeviation,
  ]);
  assert.deepEqual([low, Number(from), Number(to)], [
    "",
    macroRocAuc.overReplicates!.low,
    macroRocAuc.overReplicates!.high,
  ]);
  const bins: string[][] = parse(result.text("note/figures/calibration.csv"));
  assert.equal(bins.length, 1 + models.length * 15);
  assert.deepEqual(bins[1].slice(3), ["0", "", ""]);
});

Deno.test("report.note puts a dash for a score that is undefined, and says why", async () => {
  const { params, inputs } = syntheticStudy({ classes: LETTERS.slice(0, 2), replicates: 1 });
  const { json } = inputs.comparison as { json: Comparison };
  for (const { quantities } of json.models) {
    quantities.macroRocAuc = {
      mean: null,
      standardDeviation: null,
      perReplicate: [null],
      low: null,
      high: null,
      overReplicates: null,
    };
  }
  const result = await runStep(note, params, { inputs });
  const text = result.text("note/note.en.md");
  // Two answers of two classes always have the right one.
  assert.match(text, /^\| Model \| Balanced accuracy \| κ \|/m);
  assert.match(text, /^\| Lion \|( [^|]+ \|){3} – \|/m);
  assert.match(text, /A dash marks a score/);
  assert.doesNotMatch(text, /Student/);
  assert.match(result.text("note/tables/scores.csv"), /^lion,macroRocAuc,,,,,,$/m);
});

Deno.test("report.note says what intervals over replicates tell of", async () => {
  const { params, inputs } = syntheticStudy({ languages: ["en"] });
  const [report] = inputs.splitReport as { json: object }[];
  const own = await runStep(note, params, { inputs });
  assert.match(own.text("note/note.md"), /the chance in training, not of the draw/);
  const splitReport = [report, { json: { ...report.json, seed: 2 } }];
  const varied = await runStep(note, params, { inputs: { ...inputs, splitReport } });
  assert.match(varied.text("note/note.md"), /the chance in training and splitting/);
});

Deno.test("report.note says by what the best epoch was chosen", async () => {
  const { params, inputs } = syntheticStudy();
  type Told = { json: { training: object }; label: object };
  const watching = (monitorOf: (i: number) => string) =>
    (inputs.metrics as unknown as Told[]).map(({ json, label }, i) => ({
      json: { ...json, training: { ...json.training, monitor: monitorOf(i) } },
      label,
    }));
  const written = async (monitorOf: (i: number) => string) => {
    const metrics = watching(monitorOf) as typeof inputs.metrics;
    const result = await runStep(note, params, { inputs: { ...inputs, metrics } });
    return result.text("note/note.en.md").match(/\*\*best epoch\*\* is ([^.]*), and its/)![1];
  };
  assert.match(await written(() => "validationLoss"), /where it is lowest$/);
  assert.match(
    await written(() => "validationAccuracy"),
    /where the accuracy is highest, the first one among equals$/,
  );
  const either = await written((i) => i === 0 ? "validationAccuracy" : "validationLoss");
  assert.match(either, /which a model watches/);
});

Deno.test("report.note warns of tests on groups that were never seen", async () => {
  const { params, inputs } = syntheticStudy();
  const [report] = inputs.splitReport as { json: object }[];
  const [english, french] = [/take test images to be independent/, /pour indépendantes/];
  const own = await runStep(note, params, { inputs });
  assert.doesNotMatch(own.text("note/note.en.md"), english);
  const splitReport = [{ json: { ...report.json, grouped: true } }];
  const grouped = await runStep(note, params, { inputs: { ...inputs, splitReport } });
  assert.match(grouped.text("note/note.en.md"), english);
  assert.match(grouped.text("note/note.md"), french);
});

Deno.test("report.note shows values as each language writes them", async () => {
  const texts = {
    conclusions: { en: "At {lion.accuracy:percent}.", fr: "À {lion.accuracy:percent} ; fin." },
  };
  const result = await write({ texts });
  const { value } = result.json("overview").headline;
  const percent = (value * 100).toFixed(1);
  assert.ok(result.text("note/note.en.md").includes(`At ${percent}%.`));
  const french = `À ${percent.replace(".", ",")}\u00a0%\u202f; fin.`;
  assert.ok(result.text("note/note.md").includes(french));
  assert.ok(result.text("note/note.html").includes(french));
});

Deno.test("report.note writes French as it is written", async () => {
  const result = await write();
  const markdown = result.text("note/note.md");
  assert.match(markdown, /Matrice de confusion d’Adam/);
  assert.match(markdown, /Matrice de confusion de Lion/);
});

Deno.test("report.note states what is equal or fixed once, in plain words", async () => {
  const result = await write();
  const markdown = result.text("note/note.en.md");
  assert.match(markdown, /In this study, β₁\s=\s0\.9, β₂\s=\s0\.999\./);
  assert.match(markdown, /trained \d+ times \(seed = 1, 2/);
  assert.match(markdown, /balanced \(\d+ images each\)/);
  assert.doesNotMatch(markdown, /share of a partition is 0\.0 /);
});

Deno.test("report.note refuses a text that cites nothing known, or has a number", async () => {
  const limits = (en: string) => ({ languages: ["en" as const], texts: { limits: { en } } });
  await assert.rejects(write(limits("{lion.acuracy}")), /"lion.acuracy": did you mean/);
  await assert.rejects(write(limits("It reaches 0.84.")), /Cannot accept the number "0.84"/);
});

Deno.test("report.note keeps hostile names inert", async () => {
  const titles = ["constructor", "__proto__", "<b onclick=x>|*`$"];
  const models = ["constructor", "toString", "adam"];
  const result = await write({ classes: HOSTILE, models, titles });
  for (const page of ["note/note.html", "note/note.en.html"]) {
    const html = result.text(page);
    assert.doesNotMatch(html, /<(script|img|iframe|object|link)\b/i);
    assert.doesNotMatch(html.replace(/"[^"]*"/g, ""), /<[^>]*\son\w+\s*=/i);
    assert.doesNotMatch(html, /href="(?!#|https:\/\/|note|figures\/|tables\/|data:image\/png)/);
    assert.ok(html.includes("&lt;img src=x onerror=alert(1)&gt;"));
    assert.equal(html.match(/<svg\b/g)?.length, html.match(/<\/svg>/g)?.length);
  }
  for (const page of ["note/note.md", "note/note.en.md"]) {
    // Within each table, every row has the cells of its header.
    for (const [table] of result.text(page).matchAll(/(?:^\|.*\|\n)+/gm)) {
      const cells = table.trim().split("\n").map((row) =>
        row.replace(/\\./g, "").split("|").length
      );
      assert.equal(new Set(cells).size, 1, table);
    }
    const spoken = result.text(page).replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
    assert.doesNotMatch(spoken, /(?<!\\)<(script|img)/);
  }
  const rows: string[][] = parse(result.text("note/tables/classes.csv"));
  assert.deepEqual(rows.slice(1).map(([name]) => name), HOSTILE);
});

Deno.test("report.note shows no picture of what may not be passed on", async () => {
  const result = await write({ redistributable: false });
  for (const [path] of result.files) {
    assert.doesNotMatch(result.text(path), /data:image/, path);
  }
  assert.match(result.text("note/note.en.md"), /does not let them be passed on/);
  const shown = await write();
  assert.match(shown.text("note/figures/samples.svg"), /data:image\/png;base64,/);
});

Deno.test("report.note tells of one model, trained once, in one language", async () => {
  const { params, inputs } = syntheticStudy({
    models: ["adam"],
    replicates: 1,
    languages: ["en"],
    classes: LETTERS.slice(0, 2),
  });
  const { claims: _claims, choice: _choice, ...rest } = inputs;
  const result = await runStep(note, params, { inputs: rest });
  const text = result.text("note/note.md");
  assert.match(text, /Each model is trained once/);
  assert.match(text, /The study states no claim/);
  assert.match(text, /Nothing is tuned/);
  assert.ok(!result.files.has("note/note.fr.md"));
});

Deno.test("report.note has one measured block in each page, with a sentence", async () => {
  const result = await write();
  for (const page of ["note.md", "note.html", "note.en.md", "note.en.html"]) {
    const blocks = [
      ...result.text(`note/${page}`).matchAll(
        /<!-- measured:start -->\n([\s\S]+?)\n<!-- measured:end -->/g,
      ),
    ];
    assert.equal(blocks.length, 1, page);
    assert.doesNotMatch(blocks[0][1], /\d/);
  }
});

Deno.test("a French note has no breaking space before high punctuation", async () => {
  const result = await write();
  const prose = result.text("note/note.html").replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/<(svg|math|pre)\b[\s\S]*?<\/\1>/g, "").replace(/<[^>]*>/g, "");
  assert.deepEqual(prose.match(/.{0,30} [:;!?%»].{0,10}/g), null);
  assert.deepEqual(prose.match(/.{0,30}\p{L}'\p{L}.{0,10}/gu), null);
});

Deno.test("report.note tells how tries were found, and whether budgets are equal", async () => {
  const { params, inputs } = syntheticStudy();
  const [adam, adamw, lion] = params.models;
  const random = { draws: 6, seed: 3, digits: 2 };
  const search: typeof lion.search = {
    random,
    ranges: { learningRate: { log: [0.0001, 1] }, weightDecay: { uniform: [0, 0.1] } },
  };
  const choice = (inputs.choice as { json: Choice; label: object }[]).map(({ json, label }, i) => {
    const [first] = json.candidates;
    const more = {
      ...first,
      candidate: "learningRate=refined1.1 weightDecay=refined1.1",
      round: 1,
    };
    return { label, json: i === 1 ? { ...json, candidates: [...json.candidates, more] } : json };
  });
  const models = [adam, adamw, { ...lion, search }];
  const result = await runStep(note, { ...params, models }, { inputs: { ...inputs, choice } });
  const [fr, en] = ["note.md", "note.en.md"].map((page) => result.text(`note/${page}`));
  assert.match(en, /not have the same budget of tries: Adam 6, AdamW 7 and Lion 6\./);
  assert.match(fr, /pas le même budget d’essais\s: Adam 6, AdamW 7 et Lion 6\./);
  assert.match(en, /Adam and AdamW: tries are all combinations/);
  assert.match(
    en,
    /Lion: 6 points are drawn at random .* by seed 3, and rounded to 2 significant digits\./,
  );
  assert.match(fr, /Lion\s: 6 points sont tirés au hasard/);
  assert.match(en, /AdamW: rounds of refinement that follow: 1\./);
  assert.match(en, /\| Lion \| learning rate \| log-uniform in \\\[0\.0001, 1\\\] \|/);
  assert.match(fr, /uniforme dans \\\[0\s; 0,1\\\]/);
  assert.match(en, /Random Search for Hyper-Parameter Optimization/);
  const rows: string[][] = parse(result.text("note/figures/tuning.csv"));
  assert.deepEqual(rows.filter(([model, , round]) => model === "adamw" && round === "1").length, 1);
  const points = { points: 3 };
  const listed = { ...params, models: models.map((model) => ({ ...model, search: points })) };
  const other = await runStep(note, listed, { inputs });
  assert.match(
    other.text("note/note.en.md"),
    /Adam, AdamW and Lion: tries are points that the study lists, each combined with/,
  );
});

Deno.test("report.note tells scores of each fold, of all of them, and what each fold chose", async () => {
  const { params, inputs } = syntheticStudy();
  const { json } = inputs.comparison as { json: Comparison };
  const pooled = Object.fromEntries(TEST_METRICS.map((name) => [name, 0.5]));
  const models = json.models.map((model) => ({
    ...model,
    pooled: { ...pooled, accuracy: 0.8125 },
  }));
  const [report] = inputs.splitReport as { json: object }[];
  const splitReport = [1, 2].map((fold) => ({
    json: { ...report.json, method: "folds", folds: 5, fold },
  }));
  const choice = (inputs.choice as { json: Choice; label: PointLabel }[])
    .flatMap(({ json, label }) =>
      params.models[0].replicates.map((replicate, i) => ({
        label: { ...label, replicate },
        json: { ...json, chosen: json.candidates[i < 2 ? 1 : 3].candidate },
      }))
    );
  const result = await runStep(note, params, {
    inputs: { ...inputs, splitReport, choice, comparison: { json: { ...json, models } } },
  });
  const [fr, en] = ["note.md", "note.en.md"].map((page) => result.text(`note/${page}`));
  assert.match(en, /### \d\.\d+ Cross-validation|### Cross-validation/);
  assert.match(en, /Each image is tested in exactly one fold, by a model that has neither/);
  assert.match(fr, /Chaque image est testée dans exactement un pli/);
  assert.match(en, /\| seed = 1 \| 60 \| \d\d\.\d% \|/);
  assert.match(en, /\| Pooled \|\s+\| 81\.3% \| 81\.3% \| 81\.3% \|/);
  assert.match(en, /95% interval over folds/);
  assert.match(en, /No Unbiased Estimator of the Variance/);
  const rows: string[][] = parse(result.text("note/tables/folds.csv"));
  assert.equal(rows.length, 1 + 3 * (5 + 3));
  assert.deepEqual(rows[0].slice(0, 4), ["model", "replicate", "images", "accuracy"]);
  const accuracies = rows.filter(([model]) => model === "lion").map(([, , , own]) => Number(own));
  const mean = accuracies.slice(0, 5).reduce((a, b) => a + b) / 5;
  assert.ok(Math.abs(accuracies[5] - mean) < 1e-12);
  assert.equal(accuracies[7], 0.8125);

  assert.match(en, /each one chooses by itself, by the validation images of its own split/);
  assert.match(fr, /chacune choisit-elle seule/);
  assert.match(en, /\| Adam \| learning rate \| [^|]+ \| \*\*0\.003 \(3\), 0\.001 \(2\)\*\*/);
});

/** The synthetic study, where the classes of adamw choose: the first one the greatest decay. */
function byClass(replicates: readonly string[]) {
  const { params, inputs } = syntheticStudy();
  const tried = [0.001, 0.01, 0.1];
  const classes = LETTERS.map((name, i) => ({
    class: name,
    weightDecay: tried[i === 0 ? 2 : 1],
    losses: i === 1 ? [null, null, null] : [0.75, 0.5, i === 0 ? 0.25 : 0.625],
  }));
  const decayByClass = { tried, classes };
  const choice = (inputs.choice as { json: Choice; label: PointLabel }[])
    .flatMap(({ json, label }, i) =>
      replicates.map((replicate, r) => ({
        label: { ...label, replicate },
        json: {
          ...json,
          ...(i === 1 && { decayByClass: { ...decayByClass, single: tried[r ? 1 : 0] } }),
        },
      }))
    );
  const best = { validationLoss: 0.3125, validationAccuracy: 0.5, trainLoss: 0, trainAccuracy: 1 };
  const metrics = (inputs.metrics as { json: Metrics; label: PointLabel }[]).map((own) => ({
    ...own,
    json: {
      ...own.json,
      training: {
        ...own.json.training,
        best,
        validationLosses: { [LETTERS[0]]: 0.375 },
      } as TrainingSummary,
    },
  }));
  return { params, inputs: { ...inputs, choice, metrics } };
}

Deno.test("report.note tells what each class chose, against the single weight decay", async () => {
  const { params, inputs } = byClass([""]);
  const result = await runStep(note, params, { inputs });
  const [fr, en] = ["note.md", "note.en.md"].map((page) => result.text(`note/${page}`));
  const all = LETTERS.length;
  assert.match(
    en,
    RegExp(`AdamW: \\*\\*${all}\\*\\* of the ${all} classes take`),
  );
  assert.match(en, /is best for all classes together \(0\.001\)/);
  assert.match(en, /has a mean validation loss of 0\.3125, against 0\.\d+ with that one for all\./);
  assert.match(
    fr,
    RegExp(`\\*\\*${all}\\*\\* des ${all} classes prennent une autre dégradation que`),
  );
  assert.match(fr, /a une perte moyenne de validation de 0,3125, contre/);
  assert.match(
    en,
    RegExp(`^\\| ${LETTERS[0]} \\| 0\\.1 \\| 0\\.250 \\| 0\\.750 \\| 0\\.375 \\|$`, "m"),
  );
  assert.match(en, RegExp(`^\\| ${LETTERS[1]} \\| 0\\.01 \\| – \\| – \\| – \\|$`, "m"));
  assert.match(en, /each class's row of the last layer has the decay that the validation images/);
  assert.match(fr, /celle que les images de validation de la classe ont choisie/);
  // The list of what was chosen stands in the table alone.
  assert.doesNotMatch(en, /row of some classes has a decay of its own/);
  const rows: string[][] = parse(result.text("note/tables/decays-adamw.csv"));
  assert.equal(rows.length, 1 + 3 * all);
  assert.deepEqual(rows.slice(1, 4), [
    ["", LETTERS[0], "0.001", "0.75", "false", "true", ""],
    ["", LETTERS[0], "0.01", "0.5", "false", "false", ""],
    ["", LETTERS[0], "0.1", "0.25", "true", "false", "0.375"],
  ]);
  assert.ok(!result.files.has("note/tables/decays-adam.csv"));
});

Deno.test("report.note tells what each class chose in each replicate with a split of its own", async () => {
  const replicates = syntheticStudy().params.models[0].replicates;
  const { params, inputs } = byClass(replicates);
  const result = await runStep(note, params, { inputs });
  const [fr, en] = ["note.md", "note.en.md"].map((page) => result.text(`note/${page}`));
  const [n, all] = [LETTERS.length, LETTERS.length * replicates.length];
  // All classes of the first replicate, and one class of each other.
  const others = n + replicates.length - 1;
  assert.match(
    en,
    RegExp(`\\*\\*${others}\\*\\* of the ${all} choices, one for each class and replicate, are`),
  );
  assert.match(en, /\(0\.01 \(4\), 0\.001 \(1\)\)/);
  assert.match(
    fr,
    RegExp(
      `\\*\\*${others}\\*\\* des ${all} choix, un par classe et par répétition, sont d’une autre dégradation`,
    ),
  );
  const rows: string[][] = parse(result.text("note/tables/decays-adamw.csv"));
  assert.equal(rows.length, 1 + 3 * all);
  assert.deepEqual([...new Set(rows.slice(1).map(([replicate]) => replicate))], replicates);
});

Deno.test("report.note draws test curves where there are some, and says what they are not for", async () => {
  const { params, inputs } = syntheticStudy();
  const none = await runStep(note, params, { inputs });
  assert.ok(![...none.files.keys()].some((path) => path.includes("test-")));
  const testCurves = (inputs.history as { label: PointLabel; data: string }[])
    .map(({ label, data }) => {
      const epochs: string[][] = parse(data).slice(1);
      const rows = epochs.map(([epoch], i) => `${epoch},${3 / (i + 1)},${i === 4 ? 0.9 : 0.5}`);
      return { label, data: ["epoch,test_loss,test_accuracy", ...rows, ""].join("\n") };
    });
  const result = await runStep(note, params, { inputs: { ...inputs, testCurves } });
  const [fr, en] = ["note.md", "note.en.md"].map((page) => result.text(`note/${page}`));
  assert.match(en, /No epoch, no hyperparameter and no model is chosen by them/);
  assert.match(fr, /aucun hyperparamètre et aucun modèle n’est choisi d’après elles/);
  assert.match(en, /\| Adam \| \d+\.0 \| 50\.0% \| 5\.0 \| 90\.0% \|/);
  for (const name of ["test-loss-curves", "test-accuracy-curves"]) {
    assert.ok(result.files.has(`note/figures/${name}.svg`));
    const rows: string[][] = parse(result.text(`note/figures/${name}.csv`));
    assert.deepEqual(
      new Set(rows.slice(1).map(([, partition]) => partition)),
      new Set([
        "validation",
        "test",
      ]),
    );
  }
  const rows: string[][] = parse(result.text("note/tables/test-curves.csv"));
  assert.equal(rows.length, 1 + 3 * 5);
});

Deno.test("report.note tells how models are regularised, each way with its models", async () => {
  const { params, inputs } = syntheticStudy();
  const result = await runStep(note, params, { inputs });
  const [french, english] = [result.text("note/note.md"), result.text("note/note.en.md")];
  for (
    const [text, patterns] of [
      [english, [
        /^### Regularisation$/m,
        /\*\*L1 penalty\*\* .* = 0\.001: each step ends by moving .*: AdamW\.$/m,
        /\*\*L1 penalty\*\* .* = 0\.002: .* is added to the gradient: Lion\.$/m,
        /Penalties bind weights alone, not biases: Lion\.$/m,
        /\*\*Weight decay by class\*\* .*: 0\.1\): AdamW\.$/m,
        /a norm above 5, it is scaled down to it: AdamW\.$/m,
        /kept within ±0\.25: Lion\.$/m,
        /\*\*Label smoothing\*\* .* = 0\.1: .*: AdamW\.$/m,
        /\*\*Balanced classes\*\*.*: AdamW\.$/m,
        /\*\*Class weights\*\* in the training loss, .*: 3\): Lion\.$/m,
        /\*\*MixUp\*\* .* = 0\.2: .*: Lion\.$/m,
        /The weights of the last epoch are those evaluated, .*: AdamW\.$/m,
      ]],
      [french, [
        /^### Régularisation$/m,
        /\*\*Pénalité L1\*\* .* = 0,001\s: chaque itération .*\s: AdamW\.$/m,
        /\*\*MixUp\*\* .* = 0,2\s: .*\s: Lion\.$/m,
        /Les poids évalués sont ceux de la dernière époque/,
      ]],
    ] as const
  ) for (const pattern of patterns) assert.match(text, pattern);
});

/** The synthetic study with its trainings and its sections changed. */
function changed(
  change: (training: TrainingSummary, model: string) => void,
  train: Record<string, unknown> = {},
): Promise<StepResult> {
  const { params, inputs } = syntheticStudy();
  for (const { json, label } of inputs.metrics as { json: Metrics; label: PointLabel }[]) {
    change(json.training as TrainingSummary, label.model);
  }
  for (const model of (inputs.comparison as { json: Comparison }).json.models) {
    const own = (inputs.metrics as { json: Metrics; label: PointLabel }[])
      .find(({ label }) => label.model === model.name)!.json.training as TrainingSummary;
    model.head = own.head;
    model.optimizer = own.optimizer;
  }
  const sections = {
    ...params.sections,
    train: { ...params.sections.train as Record<string, unknown>, ...train },
  };
  const { choice: _, ...others } = inputs;
  return runStep(note, { ...params, sections }, { inputs: others });
}

Deno.test("a note tells each head that is trained, and never calls another one softmax regression", async () => {
  const result = await changed((training) => {
    training.head = "mlp";
    training.initialization = "heUniform";
    training.headOptions = {
      hidden: [64, 32],
      activation: { kind: "leakyRelu", slope: 0.25 },
      batchNorm: true,
      dropout: 0.3,
    };
  });
  const [fr, en] = [result.text("note/note.md"), result.text("note/note.en.md")];
  assert.match(en, /^### Multilayer perceptron$/m);
  assert.match(fr, /^### Perceptron multicouche$/m);
  assert.match(en, /\*\*First weights\*\* are uniform in .*: all models that are trained\./);
  assert.doesNotMatch(en, /^### Softmax regression$|given with the provenance/m);
  assert.match(en, /\\varphi\(a\) = \\max\(0, a\) \+ 0\.25 \\min\(0, a\)/);
  assert.match(fr, /\\max\(0, a\) \+ 0\{,\}25 \\min\(0, a\)/);
  assert.match(en, /hidden\s=\s`\[64, 32\]`, activation\s=\s`leakyRelu`, batchNorm\s=\syes/);
  for (const page of [fr, en]) {
    for (const work of ["Rumelhart", "Ioffe", "Srivastava", "He et al."]) {
      assert.ok(page.includes(work), work);
    }
  }
});

Deno.test("a note of several heads tells softmax regression once, beside the others", async () => {
  const heads: Record<string, string> = { adam: "softmax", adamw: "cnn", lion: "transfer" };
  const result = await changed((training, model) => void (training.head = heads[model]));
  const en = result.text("note/note.en.md");
  assert.match(en, /^### Heads$/m);
  assert.equal(en.match(/softmax regression \(multinomial/g)?.length, 1);
  assert.match(en, /A \*\*convolutional network\*\*/);
  assert.match(en, /The \*\*transfer head\*\*/);
  assert.doesNotMatch(en, /every model starts from the same weights/);
  assert.match(en, /models with the same layers start from the same weights/);
});

Deno.test("a note says what early stopping watches, and from what change on", async () => {
  const result = await changed(
    (training) => void (training.monitor = "validationAccuracy"),
    { minDelta: 0.01 },
  );
  const [fr, en] = [result.text("note/note.md"), result.text("note/note.en.md")];
  assert.match(en, /the one where the accuracy is highest/);
  assert.match(en, /an improvement if it is more than 0\.01\./);
  assert.match(en, /stops once the validation accuracy has not improved/);
  assert.doesNotMatch(en, /stops once the validation loss/);
  assert.match(fr, /celle où l’exactitude est la plus haute/);
  assert.match(fr, /s’arrête lorsque l’exactitude de validation ne s’est pas améliorée/);
});

Deno.test("a note does not speak of mini-batches where each step takes all images", async () => {
  const result = await changed((training) => {
    training.optimizer = "gd";
    training.hyperparameters = { learningRate: 0.1, weightDecay: 0 };
  });
  assert.match(result.text("note/note.en.md"), /epochs, each step on all training images, and/);
});

Deno.test("a note tells the hyperparameters that nothing tunes, the learning rate among them", async () => {
  const result = await changed((training) => {
    training.optimizer = "sgd";
    training.hyperparameters = { learningRate: 0.05, weightDecay: 0.001, momentum: 0.9 };
  });
  assert.match(
    result.text("note/note.en.md"),
    /In this study, η\s=\s0\.05, λ\s=\s0\.001, μ\s=\s0\.9\./,
  );
});

Deno.test("a single run has no standard deviation", async () => {
  const result = await write({ replicates: 1 });
  assert.match(result.text("note/note.en.md"), /^\| Adam \| [^|]*% \| [^|]*\| – \|/m);
});

Deno.test("a classification report counts each class against the rest, and has the micro average", async () => {
  const { params, inputs } = syntheticStudy();
  const result = await runStep(note, params, { inputs });
  const [model] = (inputs.comparison as { json: Comparison }).json.models;
  const rows = parse(result.text(`note/tables/report-${model.name}.csv`), {
    columns: true,
  }) as Record<string, string>[];
  const total = model.confusion.flat().reduce((a, b) => a + b);
  model.confusion.forEach((row, i) => {
    const right = Number(rows[i].true_positives);
    assert.equal(right, row[i]);
    assert.equal(right + Number(rows[i].false_negatives), row.reduce((a, b) => a + b));
    const column = model.confusion.reduce((sum, other) => sum + other[i], 0);
    assert.equal(right + Number(rows[i].false_positives), column);
    const counts = ["true_positives", "false_positives", "false_negatives", "true_negatives"];
    assert.equal(counts.reduce((sum, key) => sum + Number(rows[i][key]), 0), total);
  });
  const micro = rows.find((row) => row.class === "micro avg")!;
  assert.equal(Number(micro.f1), model.quantities.accuracy.mean);
});
