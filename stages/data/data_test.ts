import assert from "node:assert/strict";
import { parseSamples } from "../../data/samples.ts";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { getTensor } from "../../data/formats/tensor.ts";
import { parseCsv } from "../../data/formats/csv.ts";
import { mirrored, mirrorFolder } from "../../testing/mirror.ts";
import { needs } from "../../testing/require.ts";
import { runStep } from "../../testing/run_step.ts";
import idx from "./idx.ts";
import letterforms from "./letterforms.ts";
import stage from "./stage.ts";

const facts = { name: "test", models: [], study: {} };

function stepNames(section: unknown): string[] {
  return stage.steps(stage.section.parse(section), facts).map(({ step }) => step.name);
}

Deno.test("a source's name alone stands for its defaults", () => {
  assert.deepEqual(stage.section.parse("mnist"), stage.section.parse({ source: "mnist" }));
  assert.deepEqual(stepNames("letterforms"), ["data.letterforms"]);
  assert.deepEqual(stepNames("fashion-mnist"), ["data.idx"]);
});

Deno.test("a section that is not right is refused at its place", () => {
  const cases: [unknown, PropertyKey[], RegExp][] = [
    ["cifar", ["source"], /data source \(letterforms, mnist, fashion-mnist\), found "cifar"/],
    [{}, ["source"], /Expected the name of a data source .* found none/],
    [JSON.parse('{"source":"mnist","__proto__":1}'), [], /Unrecognized key: "__proto__"/],
    [{ source: "mnist", limit: { train: 0 } }, ["limit", "train"], />0/],
    [{ source: "letterforms", families: ["arial"] }, ["families", 0], /"crimson-pro"/],
    [{ source: "letterforms", families: ["lato", "lato"] }, ["families"], /only once/],
    [{ source: "letterforms", scale: [1, 0.5] }, ["scale"], /least scale must come first/],
  ];
  for (const [section, path, message] of cases) {
    const [issue] = stage.section.safeParse(section).error!.issues;
    assert.deepEqual(issue!.path, path);
    assert.match(issue!.message, message);
  }
});

Deno.test("letterforms gives each character of each style once, with its card", async () => {
  const result = await runStep(letterforms, { source: "letterforms", families: ["pt-serif"] });
  const samples = await parseSamples(result.text("samples"));
  assert.equal(samples.length, 4 * 15);
  assert.deepEqual(samples[0], {
    id: "pt-serif-400-normal/U+0049",
    label: "I",
    group: "pt-serif",
    origin: "pt-serif-400-normal/U+0049",
  });
  const { data } = getTensor(decodeSafetensors(result.bytes("images")), "pixels", "U8", [
    60,
    32,
    32,
  ]);
  for (let i = 0; i < 60; i++) {
    const ink = data.subarray(i * 1024, i * 1024 + 1024).reduce((sum, grey) => sum + grey, 0);
    assert.ok(ink > 20 * 255 && ink < 512 * 255, `${samples[i]!.id} has ${ink / 255} white pixels`);
  }
  assert.deepEqual(result.json("classes").names, [..."Il1ijJO0oQCGcea"]);
  const card = result.json("dataset");
  assert.deepEqual([card.images, card.classes, card.groups, card.files.length], [60, 15, 1, 4]);
  assert.match(card.files[0].sha256, /^[0-9a-f]{64}$/);
});

Deno.test("a limit draws the same letters as without, in proportion", async () => {
  const params = { source: "letterforms" as const, families: ["pt-serif"] };
  const all = await runStep(letterforms, params);
  const some = await runStep(letterforms, { ...params, limit: 30 });
  const ids = (await parseSamples(all.text("samples"))).map(({ id }) => id);
  const samples = await parseSamples(some.text("samples"));
  assert.equal(samples.length, 30);
  const counts = new Map<string, number>();
  for (const { label } of samples) counts.set(label, (counts.get(label) ?? 0) + 1);
  assert.deepEqual([...counts.values()], Array(15).fill(2));
  const whole = decodeSafetensors(all.bytes("images")).get("pixels")!.data as Uint8Array;
  const part = decodeSafetensors(some.bytes("images")).get("pixels")!.data as Uint8Array;
  for (const [i, { id }] of samples.entries()) {
    const j = ids.indexOf(id);
    assert.deepEqual(part.slice(i * 1024, i * 1024 + 1024), whole.slice(j * 1024, j * 1024 + 1024));
  }
});

Deno.test({
  name: "MNIST and Fashion-MNIST are read from the mirror, in proportion to a limit",
  ...needs(mirrored("mnist"), mirrored("fashion-mnist")),
  async fn() {
    for (const source of ["mnist", "fashion-mnist"]) {
      const limit = { train: 500, test: 100 };
      const result = await runStep(idx, { source, limit }, { mirror: mirrorFolder()! });
      const samples = await parseSamples(result.text("samples"));
      assert.equal(samples.length, 600);
      const published = await parseCsv(result.text("publishedPartition"), {
        id: "text",
        partition: "text",
      });
      assert.deepEqual(published.map(({ id }) => id), samples.map(({ id }) => id));
      assert.ok(published.every(({ id, partition }) => id.startsWith(`${partition}-`)));
      assert.equal(published.filter(({ partition }) => partition === "test").length, 100);
      const pixels = getTensor(decodeSafetensors(result.bytes("images")), "pixels", "U8", [
        600,
        28,
        28,
      ]);
      assert.ok(pixels.data.some((grey) => grey === 255));
      const { names } = result.json("classes");
      const perClass = names.map((name: string) =>
        samples.filter(({ id, label }) => id.startsWith("test-") && label === name).length
      );
      assert.ok(perClass.every((count: number) => count >= 8 && count <= 12), perClass.join());
    }
  },
});

Deno.test("files that do not hold what the table says are refused with what they hold", async () => {
  const file = (shape: number[], data: number[]) =>
    new Uint8Array([
      ...[0, 0, 8, shape.length],
      ...shape.flatMap((n) => [n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255]),
      ...data,
    ]);
  const read = (images: Uint8Array<ArrayBuffer>, labels: Uint8Array<ArrayBuffer>) =>
    runStep(idx, { source: "mnist" }, {
      download: ({ mirror }) => mirror.includes("images") ? images : labels,
    });
  await assert.rejects(
    read(file([1, 28, 27], Array(28 * 27).fill(0)), file([1], [0])),
    /train-images-idx3-ubyte\.gz as its shape must be \[60000,28,28\]: current value is \[1,28,27\]/,
  );
  const foreign = new TextEncoder().encode("<html>not found</html>");
  await assert.rejects(
    read(foreign, foreign),
    /Cannot read mnist\/train-images-idx3-ubyte\.gz as IDX: expected it to start with 00 00 08/,
  );
});
