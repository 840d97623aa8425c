/** Image files through a study's trained models: a study's own test images give its very bits. */
import assert from "node:assert/strict";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import type { Tensor } from "../../data/formats/tensor.ts";
import { readImages } from "../../data/images.ts";
import { encodePng } from "../../stages/report/pictures/png.ts";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { DONE, FAILED, USAGE } from "./exit_codes.ts";

const STUDY = `format: 1
title: Letters
data: {source: letterforms, limit: 150}
split: {ratios: {train: 0.6, validation: 0.2, test: 0.2}}
augment: {copies: 1, rotation: 8}
train: {epochs: 3}
models:
  hog: {train: {head: mlp, hidden: 16, batchNorm: true}}
  pixels: {embed: pixels, train: {head: cnn, channels: 4, hidden: 8}}
  forest: {train: {head: {kind: forest, trees: 10}}}
  knn: {train: {head: {kind: knn, neighbors: 4}}}
  centroid: {embed: pixels, train: {head: {kind: centroid, shrinkage: 0.2}}}
evaluate: {bootstrap: {samples: 100}}
`;

Deno.test("predict gives test images the bits that the study gave them", async (test) => {
  using copy = ProjectCopy.make({ letters: STUDY });
  const ask = async (...args: string[]) => {
    const { code, stdout, stderr } = await copy.run(args);
    assert.equal(code, DONE, stderr);
    return stdout;
  };
  const refuse = async (args: string[], expected: number, says: RegExp) => {
    const { code, stderr } = await copy.run(["predict", "letters", ...args]);
    assert.equal(code, expected, stderr);
    assert.match(stderr, says);
  };
  Deno.mkdirSync(copy.path("shots/more"), { recursive: true });
  Deno.writeTextFileSync(copy.path("shots/readme.txt"), "Not an image.");

  await test.step("a study that was not run, a model and files that are not there", async () => {
    const png = copy.path("shots/a.png");
    await refuse(["hgo", png], USAGE, /letters has no model "hgo": did you mean hog\?/);
    await refuse(["hog", png], USAGE, /a\.png is not there: give image files/);
    await refuse(["hog", copy.path("shots")], USAGE, /shots holds no image: .*\.png, \.jpg/);
    Deno.writeTextFileSync(png, "");
    const csv = copy.path("nowhere/out.csv");
    await refuse(["hog", png, "--csv", csv], USAGE, /--csv .*: there is no folder .*nowhere, make/);
    await refuse(["hog", png], USAGE, /of letters has no result yet.*constat run letters/);
    Deno.removeSync(png);
  });

  await ask("run", "letters");
  await ask("get", "letters", "data.letterforms", "classes", "-o", "got");
  const { names }: { names: string[] } = JSON.parse(
    copy.read("got/data.letterforms.classes.json"),
  );
  await ask("get", "letters", "augment.apply", "-o", "got");
  await ask("get", "letters", "evaluate.model", "-o", "got");
  const images = readImages(Deno.readFileSync(copy.path("got/augment.apply.images.safetensors")));
  const { height, width, pixels } = images;
  const table = (name: string) =>
    copy.read(`got/${name}.csv`).trim().split("\n").slice(1).map((line) => line.split(","));
  const ids = table("augment.apply.samples").map(([id]) => id);
  const tested = table("evaluate.model-hog.predictions").map(([id]) => id);
  const size = height * width;
  const shot = (i: number) => copy.path(`shots/${i % 2 === 0 ? "" : "more/"}${i}.png`);
  for (const [i, id] of tested.entries()) {
    const at = ids.indexOf(id) * size;
    const image = { height, width, channels: 1, pixels: pixels.subarray(at, at + size) } as const;
    Deno.writeFileSync(shot(i), await encodePng(image));
  }

  for (const model of ["hog", "pixels", "forest", "knn", "centroid"]) {
    await test.step(`model ${model}`, async () => {
      const stored = decodeSafetensors(
        Deno.readFileSync(copy.path(`got/evaluate.model-${model}.probabilities.safetensors`)),
      );
      const { data, shape: [n, k] } = stored.get("probabilities") as Tensor<"F32">;
      const { data: answers } = stored.get("predicted")!;
      const lines = (await ask("predict", "letters", model, copy.path("shots"), "--json"))
        .trim().split("\n").map((line) => JSON.parse(line));
      assert.equal(lines.length, n);
      for (const { file, predicted, probability, probabilities } of lines) {
        const row = Number(file.match(/(\d+)\.png$/)[1]);
        const found = Float32Array.from(names, (name) => probabilities[name]);
        assert.deepEqual(found, data.slice(row * k, (row + 1) * k), file);
        assert.equal(probability, Math.max(...Object.values<number>(probabilities)));
        assert.equal(probabilities[predicted], probability);
        assert.equal(names.indexOf(predicted), answers[row]);
      }
    });
  }

  await test.step("a table for people, and one for programs", async () => {
    const files = [shot(0), shot(1)];
    const text = await ask("predict", "letters", "hog", ...files, "--csv", copy.path("out.csv"));
    assert.match(text, /^class +probability +then +file\n/);
    assert.match(text, /\n\S.* 0\.\d{3} +\S.* 0\.\d{3}, \S.* 0\.\d{3} +\/.*\.png\n/);
    const [header, ...rows] = copy.read("out.csv").trim().split("\n").map((row) => row.split(","));
    assert.deepEqual(header.slice(0, 2), ["file", "predicted"]);
    assert.equal(header.length, 2 + 15);
    assert.deepEqual(rows.map(([file]) => file), files);
    for (const [, predicted, ...probabilities] of rows) {
      const own = probabilities.map(Number);
      assert.equal(header[2 + own.indexOf(Math.max(...own))], predicted);
      assert(Math.abs(own.reduce((a, b) => a + b) - 1) < 1e-5);
    }
  });

  await test.step("what cannot be read is told, the rest is predicted", async () => {
    Deno.writeTextFileSync(copy.path("shots/text.jpg"), "hello");
    Deno.writeFileSync(
      copy.path("shots/cut.png"),
      Deno.readFileSync(shot(0)).subarray(0, 200),
    );
    const { code, stdout, stderr } = await copy.run([
      ...["predict", "letters", "hog", copy.path("shots"), "--json"],
    ]);
    assert.equal(code, FAILED);
    assert.match(stderr, /shots\/text\.jpg: it is no image of a known format \(PNG, JPEG/);
    assert.match(stderr, /shots\/cut\.png: it is cut short or damaged/);
    assert.match(stderr, new RegExp(`2 of ${tested.length + 2} files could not be read`));
    const types = stdout.trim().split("\n").map((line) => JSON.parse(line).type);
    assert.equal(types.filter((type) => type === "prediction").length, tested.length);
    assert.equal(types.filter((type) => type === "prediction.failed").length, 2);
    await refuse(["hog", copy.path("shots/text.jpg")], FAILED, /1 of 1 file could not be read/);
  });

  await test.step("dark ink on light paper", async () => {
    const at = ids.indexOf(tested[0]) * size;
    const paper = pixels.slice(at, at + size).map((value) => 255 - value);
    const file = copy.path("paper.png");
    Deno.writeFileSync(file, await encodePng({ height, width, channels: 1, pixels: paper }));
    const told = await copy.run(["predict", "letters", "hog", file]);
    assert.match(told.stderr, /look like negatives of those of letters: .*add --invert\?/);
    const answers = async (...args: string[]) =>
      JSON.parse(await ask("predict", "letters", "hog", ...args, "--json")).probabilities;
    assert.deepEqual(
      await answers(file, "--invert"),
      await answers(shot(0)),
    );
  });
});
