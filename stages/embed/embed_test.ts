import assert from "node:assert/strict";
import { decodeSafetensors, encodeSafetensors } from "../../data/formats/safetensors.ts";
import { readFeatureShape } from "../../data/feature_shape.ts";
import { parseSafetensorsHeader } from "../../data/formats/safetensors_header.ts";
import { getTensor } from "../../data/formats/tensor.ts";
import { runStep } from "../../testing/run_step.ts";
import type { EmbedReport } from "../../data/artifacts/embed_report.ts";
import hog from "./hog.ts";
import { HogExtractor } from "../../core/features/hog.ts";
import pixels from "./pixels.ts";
import stage from "./stage.ts";

const facts = { name: "test", models: [], study: {} };

function images(shape: number[]) {
  const data = Uint8Array.from(
    { length: shape.reduce((a, b) => a * b, 1) },
    (_, i) => i % 7 === 0 ? 0 : (i * i) % 256,
  );
  return { data, file: encodeSafetensors({ pixels: { dtype: "U8", shape, data } }) };
}

Deno.test("pixels become numbers from 0 to 1, row by row", async () => {
  const { data, file } = images([3, 2, 2, 3]);
  const result = await runStep(pixels, { method: "pixels" }, { inputs: { images: file } });
  const x = getTensor(decodeSafetensors(result.bytes("embeddings")), "x", "F32", [3, 12]);
  assert.deepEqual([...x.data], [...data].map((value) => Math.fround(value / 255)));
  const { metadata } = parseSafetensorsHeader(
    result.bytes("embeddings"),
    result.bytes("embeddings").length,
    "embeddings",
  );
  assert.deepEqual(readFeatureShape(metadata, 12), [2, 2, 3]);
  const report = result.json<EmbedReport>("embedReport");
  const { dimension, deadFeatures, meanNorm } = report;
  const dead = [...Array(12).keys()].filter((j) => [0, 1, 2].every((i) => data[12 * i + j] === 0));
  const norms = [0, 1, 2].map((i) => Math.hypot(...x.data.subarray(12 * i, 12 * i + 12)));
  assert.equal(dimension, 12);
  assert.equal(deadFeatures, dead.length);
  assert.ok(Math.abs(meanNorm - (norms[0]! + norms[1]! + norms[2]!) / 3) < 1e-12);
});

Deno.test("row i of the HOG features is that of image i", async () => {
  const { data, file } = images([5, 16, 12]);
  const result = await runStep(hog, { method: "hog" }, { inputs: { images: file } });
  const x = getTensor(decodeSafetensors(result.bytes("embeddings")), "x", "F32", [5, 3 * 2 * 36]);
  const extractor = new HogExtractor({
    height: 16,
    width: 12,
    channels: 1,
    orientations: 9,
    cell: 4,
    block: 2,
  });
  const alone = new Float32Array(216);
  extractor.extract(data.subarray(4 * 192), alone);
  assert.deepEqual(x.data.slice(4 * 216), alone);
  const { params, ...report } = result.json<EmbedReport>("embedReport");
  assert.deepEqual(params, { method: "hog", orientations: 9, cell: 4, block: 2 });
  assert.deepEqual([report.method, report.images, result.progress.length], ["hog", 5, 1]);
});

Deno.test("an absent section is HOG, a name alone stands for its defaults", () => {
  const names = (section?: unknown) =>
    stage.steps(stage.section.parse(section), facts).map(({ step }) => step.name);
  assert.deepEqual(names(), ["embed.hog"]);
  assert.deepEqual(names({ cell: 8 }), ["embed.hog"]);
  assert.deepEqual(names("pixels"), ["embed.pixels"]);
  assert.deepEqual(names({ method: "pixels" }), ["embed.pixels"]);
});

Deno.test("a section that is not right is refused at its place", () => {
  const cases: [unknown, string, RegExp][] = [
    ["resnet", "method", /^Expected the name of an embedding: hog, pixels$/],
    [3, "", /^Expected the name of an embedding/],
    [{ method: "pixels", cell: 4 }, "", /Unrecognized key: "cell"/],
    [{ cell: 0 }, "cell", />=1/],
    [JSON.parse('{"method": "pixels", "__proto__": 1}'), "", /Unrecognized key: "__proto__"/],
  ];
  for (const [section, path, message] of cases) {
    const [issue] = stage.section.safeParse(section).error!.issues;
    assert.equal(issue!.path.join("."), path);
    assert.match(issue!.message, message);
  }
});

Deno.test("images that are too small for the blocks are refused", async () => {
  const { file } = images([2, 6, 6]);
  await assert.rejects(
    runStep(hog, { method: "hog" }, { inputs: { images: file } }),
    /at least 8 pixels wide and high.*current size is 6×6/,
  );
});
