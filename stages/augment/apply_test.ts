import assert from "node:assert/strict";
import type { z } from "zod";
import { decodeSafetensors, encodeSafetensors } from "../../data/formats/safetensors.ts";
import { getTensor } from "../../data/formats/tensor.ts";
import { parsePartition, stringifyPartition } from "../../data/partition.ts";
import { parseSamples, stringifySamples } from "../../data/samples.ts";
import { runStep } from "../../testing/run_step.ts";
import apply, { type AugmentReport } from "./apply.ts";
import type { AugmentParams } from "./params.ts";
import stage from "./stage.ts";

const facts = { name: "test", models: [], study: {} };
const PARTS = ["train", "test", "validation", "train"] as const;

/** Four images of 6 × 6 pixels; the first is black where `black` is set. */
async function augment(params: z.input<typeof AugmentParams>, black = false) {
  const data = Uint8Array.from({ length: 4 * 36 }, (_, i) => (i * i * 31) % 256);
  if (black) data.fill(0, 0, 36);
  const samples = ["a", "b", "c", "__proto__"].map((id) => ({
    id,
    label: "x",
    group: `g-${id}`,
    origin: id,
  }));
  const result = await runStep(apply, params, {
    inputs: {
      images: encodeSafetensors({ pixels: { dtype: "U8", shape: [4, 6, 6], data } }),
      samples: await stringifySamples(samples),
      partition: await stringifyPartition(samples.map(({ id }) => id), PARTS),
    },
  });
  const after = await parseSamples(result.text("samples"));
  return {
    data,
    pixels: getTensor(decodeSafetensors(result.bytes("images")), "pixels", "U8", [
      after.length,
      6,
      6,
    ]).data,
    samples: after,
    partition: await parsePartition(result.text("partition"), after.map(({ id }) => id)),
    report: result.json<AugmentReport>("augmentReport"),
  };
}

Deno.test("copies of training images are appended, beside their image's partition", async () => {
  const { data, pixels, samples, partition, report } = await augment({ copies: 2, shift: 1 });
  assert.deepEqual(samples.map(({ id }) => id), [
    "a",
    "b",
    "c",
    "__proto__",
    "a#1",
    "a#2",
    "__proto__#1",
    "__proto__#2",
  ]);
  assert.deepEqual(samples[7], {
    id: "__proto__#2",
    label: "x",
    group: "g-__proto__",
    origin: "__proto__",
  });
  assert.deepEqual(partition, [...PARTS, "train", "train", "train", "train"]);
  assert.deepEqual(pixels.slice(0, 144), data);
  for (const [copy, image] of [[4, 0], [5, 0], [6, 3], [7, 3]] as const) {
    assert.notDeepEqual(
      pixels.slice(36 * copy, 36 * copy + 36),
      data.slice(36 * image, 36 * image + 36),
    );
  }
  assert.deepEqual(report, {
    copies: 2,
    seed: 1,
    transforms: [{ name: "shift", range: 1 }],
    images: { before: 4, after: 8 },
    added: { train: 4, validation: 0 },
    unchanged: 0,
  });
});

Deno.test("validation images are copied when asked, test images never", async () => {
  const { samples, report } = await augment({ flip: "both", validation: true });
  assert.deepEqual(samples.slice(4).map(({ id }) => id), ["a#1", "c#1", "__proto__#1"]);
  assert.deepEqual(report.added, { train: 2, validation: 1 });
});

Deno.test("a copy depends on the seed and its image alone", async () => {
  const one = await augment({ copies: 1, rotation: 20 });
  const two = await augment({ copies: 2, rotation: 20, validation: true });
  const image = (of: typeof one, id: string) => {
    const i = of.samples.findIndex((sample) => sample.id === id);
    return of.pixels.slice(36 * i, 36 * i + 36);
  };
  assert.deepEqual(image(two, "__proto__#1"), image(one, "__proto__#1"));
  assert.notDeepEqual(image(two, "__proto__#2"), image(two, "__proto__#1"));
  const other = await augment({ copies: 1, rotation: 20, seed: 2 });
  assert.notDeepEqual(image(other, "a#1"), image(one, "a#1"));
});

Deno.test("a transformation's draws do not depend on the others", async () => {
  const alone = await augment({ shift: 2 });
  const both = await augment({ shift: 2, rotation: 1e-9 });
  assert.deepEqual(both.pixels, alone.pixels);
});

Deno.test("copies that nothing can change are counted", async () => {
  const { report } = await augment({ copies: 3, shift: 2 }, true);
  assert.equal(report.unchanged, 3);
});

Deno.test("the stage is left out where nothing is asked for", () => {
  const names = (section?: unknown) =>
    stage.steps(stage.section.parse(section), facts).map(({ step }) => step.name);
  assert.deepEqual(names(), []);
  assert.deepEqual(names({ copies: 3 }), []);
  assert.deepEqual(names({ copies: 0, shift: 2 }), []);
  assert.deepEqual(names({ rotation: 5 }), ["augment.apply"]);
});

Deno.test("a section that is not right is refused at its place", () => {
  const cases: [unknown, string, RegExp][] = [
    [{ flip: "diagonal" }, "flip", /"horizontal"\|"vertical"\|"both"/],
    [{ quarterTurns: false }, "quarterTurns", /expected true/],
    [{ shift: 0.5 }, "shift", /expected int/],
    [{ rotation: 0 }, "rotation", />0/],
    [{ copies: -1 }, "copies", />=0/],
    [{ zoom: 2 }, "", /Unrecognized key: "zoom"/],
  ];
  for (const [section, path, message] of cases) {
    const [issue] = stage.section.safeParse(section).error!.issues;
    assert.equal(issue!.path.join("."), path);
    assert.match(issue!.message, message);
  }
});
