import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { runStep } from "../../testing/run_step.ts";
import note from "./note.ts";
import { explained } from "./testdata/explained.ts";
import { HOSTILE } from "./testdata/hostile.ts";
import { LETTERS, type SyntheticOptions, syntheticStudy } from "./testdata/synthetic.ts";

function write(options: SyntheticOptions = {}, placed = true) {
  const { params, inputs } = syntheticStudy(options);
  const explanations = explained(params, { classes: options.classes ?? LETTERS, placed });
  return runStep(note, params, { inputs: { ...inputs, ...explanations } });
}

Deno.test("a note explains models, globally and locally, in both languages", async () => {
  const result = await write();
  const [english, french] = ["note/note.en.md", "note/note.md"].map((path) => result.text(path));
  for (
    const heading of ["Interpretability", "Global: permutation importance", "Local: occlusion"]
  ) {
    assert.match(english, new RegExp(`^###? (\\d+\\. )?${heading}$`, "m"));
  }
  for (const heading of ["Interprétabilité", "Global : importance par permutation"]) {
    assert.match(french, new RegExp(`^###? (\\d+\\. )?${heading.replace(" :", "\u00a0:")}$`, "m"));
  }
  for (const cited of ["Breiman", "Fisher", "Zeiler", "Caruana"]) {
    assert.match(english, new RegExp(`^- .*${cited}`, "m"));
  }
  // Means over five replicates and two permutations, of the most accurate model.
  assert.match(english, /^\| row 2, column 1 \| 9 \| 0\.425 \| 0\.002 \| 4\.0 \| 0\.0 \|$/m);
  assert.match(french, /^\| ligne 2, colonne 1 \| 9 \| 0,425 \| 0,002 \| 4,0 \| 0,0 \|$/m);
  const rows: string[][] = parse(result.text("note/figures/importance.csv"));
  assert.equal(rows.length, 1 + 3 * 4);
  assert.deepEqual(rows[1].slice(0, 8), ["adam", "cell-0-0", "0", "0", "9", "0", "0", "0"]);
  const [, , , , , drop] = rows.find(([model, group]) => model === "lion" && group === "cell-1-1")!;
  assert.ok(Math.abs(Number(drop) - 0.02) < 1e-12);
});

Deno.test("maps of occlusion stand beside their images, in words too", async () => {
  const result = await write();
  const svg = result.text("note/figures/occlusion-adam.en.svg");
  // The right answer has an image and one map, the wrong one a map of each of its two classes.
  assert.equal(svg.match(/<image /g)?.length, 2 + 3);
  assert.match(svg, /taken for I, 90\.0%/);
  const table: string[][] = parse(result.text("note/tables/occlusion-adam.csv"));
  assert.deepEqual(table[2], ["image-136", "l", "I", "0.9", "0.5", "8", "0"]);
  const data: string[][] = parse(result.text("note/figures/occlusion-adam.csv"));
  assert.equal(data.length, 1 + 2 * 4);
  const html = result.text("note/note.en.html");
  assert.match(
    html,
    /aria-label="A sheet of images with their occlusion maps for Adam: I \(right,/,
  );
  assert.match(
    html,
    /<th scope="row"><code>image-136<\/code><\/th>.*<td class="right">9–16 × 1–8</,
  );
});

Deno.test("errors stand beside the training images nearest to them", async () => {
  const result = await write();
  const svg = result.text("note/figures/neighbours.en.svg");
  assert.equal(svg.match(/<image /g)?.length, 2 * 4);
  const english = result.text("note/note.en.md");
  assert.match(english, /\(cosine distance\)/);
  assert.match(english, /^\| `image-135` \| I \| l \| 90\.0% \| l \(2\), I \(1\) \| 0\.500 \|$/m);
  assert.match(result.text("note/note.md"), /\(distance cosinus\)/);
});

Deno.test("a French note explains models as French is written", async () => {
  const html = (await write()).text("note/note.html");
  const alternatives = [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, text]) => text);
  assert.ok(alternatives.some((text) => text.includes("\u202f; Adam")));
  for (
    const text of [
      ...alternatives,
      html.slice(html.indexOf('id="interpretability"')).replace(
        /<(style|svg|math|pre|code)\b[\s\S]*?<\/\1>|<[^>]*>/g,
        "",
      ),
    ]
  ) {
    assert.deepEqual(text.match(/.{0,30} [:;!?%»].{0,10}/g), null);
    assert.deepEqual(text.match(/.{0,30}\p{L}'\p{L}.{0,10}/gu), null);
  }
});

Deno.test("the most confused pairs stand beside training images of both classes", async () => {
  const { params, inputs } = syntheticStudy({ languages: ["en"] });
  const result = await runStep(note, params, { inputs });
  const errors: string[][] = parse(result.text("note/figures/errors.csv"));
  const pairs = new Set(errors.slice(1).map(([label, predicted]) => `${label} ${predicted}`));
  const svg = result.text("note/figures/errors.svg");
  assert.equal(svg.match(/<image /g)?.length, errors.length - 1 + 6 * pairs.size);
  assert.match(svg, />Predicted class</);
});

Deno.test("with many models, the most accurate one alone has maps", async () => {
  const result = await write({ models: ["a", "b", "c", "d"] });
  const maps = [...result.files.keys()].filter((path) => /occlusion-.*\.csv$/.test(path));
  assert.deepEqual(maps.sort(), ["note/figures/occlusion-d.csv", "note/tables/occlusion-d.csv"]);
});

Deno.test("groups without a place in the image are drawn by their names", async () => {
  const result = await write({}, false);
  const english = result.text("note/note.en.md");
  assert.match(english, /^\| dimensions 19 to 27 \| 9 \| 0\.425/m);
  assert.doesNotMatch(english, /square of the image/);
  assert.match(result.text("note/figures/importance.en.svg"), /dimensions 19 to 27/);
});

Deno.test("no picture is shown of what may not be passed on, but what was found is told", async () => {
  const result = await write({ redistributable: false });
  for (const [path] of result.files) assert.doesNotMatch(result.text(path), /data:image/, path);
  assert.ok(!result.files.has("note/figures/occlusion-adam.svg"));
  assert.ok(result.files.has("note/tables/occlusion-adam.csv"));
  assert.ok(result.files.has("note/tables/neighbours.csv"));
  assert.ok(result.files.has("note/figures/importance.svg"));
});

Deno.test("a note explains nothing that the study does not ask for", async () => {
  const { params, inputs } = syntheticStudy();
  const result = await runStep(note, params, { inputs });
  assert.doesNotMatch(result.text("note/note.en.md"), /Interpretability|permutation importance/);
});

Deno.test("hostile names stay inert in what explains models", async () => {
  const models = ["constructor", "toString", "adam"];
  const result = await write({ classes: HOSTILE, models, titles: ["<b onclick=x>|*`$", "b", "c"] });
  for (const page of ["note/note.html", "note/note.en.html"]) {
    const html = result.text(page);
    assert.doesNotMatch(html, /<(script|iframe|object|link)\b|<img\b/i);
    assert.doesNotMatch(html.replace(/"[^"]*"/g, ""), /<[^>]*\son\w+\s*=/i);
    assert.equal(html.match(/<svg\b/g)?.length, html.match(/<\/svg>/g)?.length);
  }
  for (const [table] of result.text("note/note.en.md").matchAll(/(?:^\|.*\|\n)+/gm)) {
    const cells = table.trim().split("\n").map((row) => row.replace(/\\./g, "").split("|").length);
    assert.equal(new Set(cells).size, 1, table);
  }
});
