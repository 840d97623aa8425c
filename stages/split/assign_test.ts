import assert from "node:assert/strict";
import type { z } from "zod";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import { parsePartition } from "../../data/partition.ts";
import { type Sample, stringifySamples } from "../../data/samples.ts";
import { runStep } from "../../testing/run_step.ts";
import assign from "./assign.ts";
import type { SplitParams } from "./params.ts";
import type { SplitReport } from "./split_report.ts";

type Params = z.input<typeof SplitParams>;

/** So many images of each class, each with bytes of its own. */
function images(counts: Record<string, number>): { samples: Sample[]; data: Uint8Array } {
  const samples = Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, (_, i) => {
      const id = `${label}${i}`;
      return { id, label, group: `g${i % 5}`, origin: id };
    })
  );
  const data = new Uint8Array(samples.length * 4);
  samples.forEach((_, i) => new DataView(data.buffer).setUint32(4 * i, i));
  return { samples, data };
}

async function split(
  params: Params,
  { samples, data }: ReturnType<typeof images>,
  publishedPartition?: string,
) {
  const result = await runStep(assign, params, {
    inputs: {
      images: encodeSafetensors({
        pixels: { dtype: "U8", shape: [samples.length, 2, 2], data },
      }),
      samples: await stringifySamples(samples),
      ...(publishedPartition === undefined ? {} : { publishedPartition }),
    },
  });
  const partition = await parsePartition(result.text("partition"), samples.map(({ id }) => id));
  return { partition, report: result.json<SplitReport>("splitReport") };
}

Deno.test("ratios: the report counts what the partition says", async () => {
  const { partition, report } = await split({}, images({ a: 20, b: 31 }));
  assert.deepEqual(report.partitions, { train: 41, validation: 5, test: 5 });
  assert.deepEqual(report.classes, [
    { label: "a", images: 20, train: 16, validation: 2, test: 2 },
    { label: "b", images: 31, train: 25, validation: 3, test: 3 },
  ]);
  assert.equal(report.largestDeviation, 0.2);
  assert.equal(report.groups.total, 5);
  assert.ok(report.groups.shared > 0);
  assert.equal(partition.filter((part) => part === "train").length, 41);
});

Deno.test("folds: each image is tested once, never trained on in that fold", async () => {
  const set = images({ a: 13, b: 10 });
  const tested = new Array(23).fill(0);
  for (const fold of [1, 2, 3, 4, 5]) {
    const { partition, report } = await split({ folds: 5, fold, validation: 0.25 }, set);
    partition.forEach((part, i) => tested[i] += part === "test" ? 1 : 0);
    assert.ok(report.largestDeviation! < 1);
    assert.deepEqual([report.method, report.folds, report.fold], ["folds", 5, fold]);
  }
  assert.deepEqual(tested, new Array(23).fill(1));
});

Deno.test("groups: none is shared, in ratios and in folds", async () => {
  const set = images({ a: 25, b: 25 });
  for (const params of [{ group: true }, { group: true, folds: 3, fold: 2, validation: 0.3 }]) {
    const { report } = await split(params, set);
    assert.deepEqual(report.groups, { total: 5, shared: 0 });
    assert.ok(Object.values(report.partitions).every((count) => count > 0));
  }
});

Deno.test("published: the test set is the source's own, validation comes out of the rest", async () => {
  const set = images({ a: 12, b: 12 });
  const rows = set.samples.map(({ id }, i) => `${id},${i % 12 < 10 ? "train" : "test"}`);
  const published = ["id,partition", ...rows, ""].join("\n");
  const { partition, report } = await split({ published: true }, set, published);
  assert.deepEqual(report.partitions, { train: 18, validation: 2, test: 4 });
  assert.ok(partition.every((part, i) => (part === "test") === (i % 12 >= 10)));
  assert.equal(report.shares, undefined);
  await assert.rejects(split({ published: true }, set), /its source has no test set of its own/);
  const untested = published.replaceAll(/^b(.*),test$/gm, "b$1,train");
  await assert.rejects(split({ published: true }, set, untested), /class "b" has no test image/);
});

Deno.test("equal images in two partitions are an error unless allowed, and then reported", async () => {
  const set = images({ a: 20, b: 20 });
  set.data.fill(7, 0, 80); // every image of class a
  await assert.rejects(
    split({}, set),
    /no image may stand in two partitions: 1 do, such as a0 \(\w+\), a1 \(.*allowDuplicates: true/,
  );
  const { report } = await split({ allowDuplicates: true }, set);
  assert.deepEqual([report.duplicates.within, report.duplicates.across], [0, 1]);
  assert.equal(report.duplicates.sets[0]!.length, 20);
});

Deno.test("equal images within one partition are no leak", async () => {
  const set = images({ a: 20, b: 20 });
  const { partition } = await split({}, set);
  const [first, second] = partition.keys().filter((i) => partition[i] === "train").toArray();
  set.data.copyWithin(4 * second!, 4 * first!, 4 * first! + 4);
  const { report } = await split({}, set);
  assert.deepEqual([report.duplicates.within, report.duplicates.across], [1, 0]);
});

Deno.test("a class with one image is refused", async () => {
  const set = images(JSON.parse('{"a": 20, "__proto__": 1}'));
  await assert.rejects(
    split({}, set),
    /class "__proto__" must have at least 3 images for 3 partitions: current number is 1/,
  );
});

Deno.test("images that are not the samples' are refused", async () => {
  const set = images({ a: 10 });
  const images9 = encodeSafetensors({
    pixels: { dtype: "U8", shape: [9, 2, 2], data: set.data.slice(0, 36) },
  });
  await assert.rejects(
    runStep(assign, {}, {
      inputs: { images: images9, samples: await stringifySamples(set.samples) },
    }),
    /one image for each of 10 samples: current number is 9/,
  );
});
