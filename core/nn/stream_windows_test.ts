import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../random/stream.ts";
import { createReferenceCore } from "../reference/core.ts";
import type { FeatureSource, StreamedSamples } from "./feature_source.ts";
import { rowWindows, shuffledWindows } from "./row_windows.ts";
import { streamWindows } from "./stream_windows.ts";

/** Samples whose features are their row's number, and that number plus a half. */
function numbered(rows: number, layout: StreamedSamples["layout"], log: string[] = []) {
  const source: FeatureSource = {
    rows,
    dimension: 2,
    async read(from, to, into) {
      log.push(`read ${from} to ${to}`);
      assert.ok(from >= 0 && from < to && to <= rows && into.length === 2 * (to - from));
      await new Promise((resolve) => setTimeout(resolve, 0));
      for (let i = 0; i < to - from; i++) into.set([from + i, from + i + 0.5], 2 * i);
    },
  };
  const labels = Int32Array.from({ length: rows }, (_, row) => row % 5);
  return { source, labels, classes: 5, layout };
}

Deno.test("parts hold all rows in order, in whole batches but the last, within two windows", async () => {
  const cases = fc.record({
    total: fc.integer({ min: 1, max: 90 }),
    every: fc.integer({ min: 1, max: 4 }),
    batchSize: fc.integer({ min: 1, max: 20 }),
    layout: fc.record({
      shardRows: fc.integer({ min: 1, max: 12 }),
      windowShards: fc.integer({ min: 1, max: 4 }),
    }),
    seed: fc.nat(1000),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ total, every, batchSize, layout, seed }) => {
      const core = createReferenceCore();
      const rows = Int32Array.from({ length: Math.ceil(total / every) }, (_, i) => i * every);
      const windows = shuffledWindows(rows, layout, stream(seed, "shuffle"));
      const samples = numbered(total, layout);
      const seen: number[] = [];
      let isLast = false;
      for await (const part of streamWindows(core, samples, windows, batchSize)) {
        assert.ok(!isLast, "a part after one that is not of whole batches");
        const [m] = part.features.shape;
        isLast = m % batchSize !== 0;
        assert.ok(m <= batchSize - 1 + layout.shardRows * layout.windowShards);
        const features = await core.download(part.features);
        const labels = await core.downloadIntegers(part.labels);
        assert.equal(labels.length, m);
        for (let i = 0; i < m; i++) {
          assert.equal(features[2 * i + 1], features[2 * i] + 0.5);
          assert.equal(labels[i], features[2 * i] % 5);
          seen.push(features[2 * i]);
        }
      }
      assert.deepEqual(seen, windows.flatMap(({ rows }) => [...rows]));
    }),
    { numRuns: 60 },
  );
});

Deno.test("the next window is asked for before the caller computes on this one", async () => {
  const log: string[] = [];
  const layout = { shardRows: 2, windowShards: 2 };
  const samples = numbered(9, layout, log);
  const windows = rowWindows(Int32Array.from({ length: 9 }, (_, i) => i), layout);
  for await (const { features } of streamWindows(createReferenceCore(), samples, windows, 4)) {
    log.push(`compute ${features.shape[0]}`);
  }
  assert.deepEqual(log, [
    "read 0 to 2",
    "read 2 to 4",
    "read 4 to 6",
    "read 6 to 8",
    "compute 4",
    "read 8 to 9",
    "compute 4",
    "compute 1",
  ]);
});

Deno.test("a read that fails ends the stream, and what it held is free", async () => {
  const layout = { shardRows: 2, windowShards: 1 };
  const samples = numbered(6, layout);
  const source: FeatureSource = {
    ...samples.source,
    read(from, to, into) {
      if (from === 2) return Promise.reject(new Error("no such row"));
      return samples.source.read(from, to, into);
    },
  };
  const core = createReferenceCore();
  const windows = rowWindows(new Int32Array([0, 1, 2, 3, 4, 5]), layout);
  const parts = streamWindows(core, { ...samples, source }, windows, 2);
  const { value } = await parts.next();
  assert.equal(value!.features.shape[0], 2);
  await assert.rejects(parts.next(), /no such row/);
  await assert.rejects(core.download(value!.features), /was freed/);
  // Who stops early leaves nothing behind either.
  for await (const part of streamWindows(core, { ...samples, source }, windows, 2)) {
    assert.equal(part.features.shape[0], 2);
    break;
  }
});
