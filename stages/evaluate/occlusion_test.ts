import assert from "node:assert/strict";
import { PixelExtractor } from "../../core/features/pixels.ts";
import { stream } from "../../core/random/stream.ts";
import type { Occlusion } from "../../data/artifacts/occlusion.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import { type Partition, stringifyPartition } from "../../data/partition.ts";
import { stringifySamples } from "../../data/samples.ts";
import { runStep } from "../../testing/run_step.ts";
import model from "./model.ts";
import occlusion from "./occlusion.ts";

const SIDE = 4;
const CLASSES = ["left", "right"];
/** The left half speaks for one class, the right half for the other. */
const WEIGHT = Float32Array.from(
  { length: 2 * SIDE * SIDE },
  (_, i) => (i % SIDE < SIDE / 2) === i < SIDE * SIDE ? 0.5 : 0,
);

/** Noise, brighter in the half of the class. */
async function given(count = 20) {
  const random = stream(1, "data");
  const label = (i: number) => i % 2;
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE }, (_, at) => {
    const left = at % SIDE < SIDE / 2;
    const own = label(Math.floor(at / SIDE / SIDE)) === 0;
    return random.integer(left === own ? 250 : 200);
  });
  const ids = Array.from({ length: count }, (_, i) => `image-${i}`);
  const partition = ids.map((_, i): Partition => i < 6 ? "train" : "test");
  const embedder = new PixelExtractor({ height: SIDE, width: SIDE, channels: 1 });
  const x = new Float32Array(pixels.length);
  embedder.extract(pixels, x);
  const shape = [count, SIDE, SIDE];
  const evaluated = {
    embeddings: encodeSafetensors(
      { x: { dtype: "F32", shape: [count, SIDE * SIDE], data: x } },
    ),
    samples: await stringifySamples(
      ids.map((id, i) => ({ id, label: CLASSES[label(i)], group: "", origin: id })),
    ),
    classes: { json: { names: CLASSES, titles: CLASSES } },
    partition: await stringifyPartition(ids, partition),
    weights: encodeSafetensors({
      weight: { dtype: "F32", shape: [2, SIDE * SIDE], data: WEIGHT },
      bias: { dtype: "F32", shape: [2], data: new Float32Array(2) },
    }),
    summary: { json: { head: "softmax", headOptions: {} } },
  };
  const answers = await runStep(model, { bootstrap: { samples: 100 } }, { inputs: evaluated });
  return {
    pixels,
    inputs: {
      ...evaluated,
      images: encodeSafetensors({ pixels: { dtype: "U8", shape, data: pixels } }),
      embedReport: { json: { params: { method: "pixels" } } },
      predictions: answers.text("predictions"),
    },
  };
}

/** Probability of the first class, in binary64. */
function probability(pixels: ArrayLike<number>): number {
  let difference = 0;
  for (let i = 0; i < pixels.length; i++) {
    difference += (WEIGHT[i] - WEIGHT[SIDE * SIDE + i]) * pixels[i] / 255;
  }
  return 1 / (1 + Math.exp(-difference));
}

Deno.test("evaluate.occlusion maps the fall of the class's probability, place by place", async () => {
  const { inputs, pixels } = await given();
  const result = await runStep(occlusion, { patch: 2, stride: 2, fill: 0, images: 3 }, { inputs });
  const map = result.json<Occlusion>("occlusion");
  assert.deepEqual([map.tops, map.lefts, map.patch, map.fill], [[0, 2], [0, 2], 2, [0]]);
  assert.deepEqual(map.images.map(({ label, predicted }) => label === predicted), [
    true,
    true,
    ...map.images.slice(2).map(() => false),
  ]);
  assert.ok(map.images.length > 2, "the noise makes errors too");
  for (const image of map.images) {
    const at = Number(image.id.slice("image-".length)) * SIDE * SIDE;
    const own = pixels.slice(at, at + SIDE * SIDE);
    const of = (name: string, values: ArrayLike<number>) =>
      name === "left" ? probability(values) : 1 - probability(values);
    map.tops.forEach((top, i) =>
      map.lefts.forEach((left, j) => {
        const covered = own.map((value, k) => {
          const [y, x] = [Math.floor(k / SIDE), k % SIDE];
          return y >= top && y < top + 2 && x >= left && x < left + 2 ? 0 : value;
        });
        const label = of(image.label, own) - of(image.label, covered);
        const predicted = of(image.predicted, own) - of(image.predicted, covered);
        assert.ok(Math.abs(image.labelFalls[i][j] - label) < 1e-6);
        assert.ok(Math.abs(image.predictedFalls[i][j] - predicted) < 1e-6);
      })
    );
    assert.ok(Math.abs(image.probabilityLabel - of(image.label, own)) < 1e-6);
  }
  const again = await runStep(occlusion, { patch: 2, stride: 2, fill: 0, images: 3 }, { inputs });
  assert.equal(again.digest("occlusion"), result.digest("occlusion"));
});

Deno.test("evaluate.occlusion covers by the mean of the training images, unless told", async () => {
  const { inputs, pixels } = await given();
  const { fill } = (await runStep(occlusion, { patch: 3 }, { inputs })).json<Occlusion>(
    "occlusion",
  );
  const train = pixels.subarray(0, 6 * SIDE * SIDE);
  assert.deepEqual(fill, [Math.round(train.reduce((sum, value) => sum + value, 0) / train.length)]);
});

Deno.test("evaluate.occlusion refuses embeddings that are not those of the images", async () => {
  const { inputs } = await given();
  const images = encodeSafetensors({
    pixels: { dtype: "U8", shape: [20, SIDE, SIDE], data: new Uint8Array(20 * SIDE * SIDE) },
  });
  await assert.rejects(
    runStep(occlusion, { patch: 2 }, { inputs: { ...inputs, images } }),
    /Cannot embed image "image-\d+" anew as its embedding has other values/,
  );
  await assert.rejects(
    runStep(occlusion, { patch: 5 }, { inputs }),
    /the patch must be no larger: current side is 5/,
  );
});
