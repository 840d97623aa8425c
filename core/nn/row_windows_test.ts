import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../random/stream.ts";
import { type RowWindow, rowWindows, shuffledWindows, windowLayout } from "./row_windows.ts";

const cases = fc.record({
  rows: fc.uniqueArray(fc.nat(300), { maxLength: 120 })
    .map((rows) => Int32Array.from(rows.sort((a, b) => a - b))),
  layout: fc.record({
    shardRows: fc.integer({ min: 1, max: 40 }),
    windowShards: fc.integer({ min: 1, max: 9 }),
  }),
  seed: fc.nat(1e6),
});

const rowsOf = (windows: readonly RowWindow[]) => windows.flatMap(({ rows }) => [...rows]);

Deno.test("windows hold every row once, in their own shards, and no more shards than they may", () => {
  fc.assert(fc.property(cases, ({ rows, layout, seed }) => {
    const windows = shuffledWindows(rows, layout, stream(seed, "shuffle"));
    assert.deepEqual(rowsOf(windows).sort((a, b) => a - b), [...rows]);
    const shardOf = (row: number) => Math.floor(row / layout.shardRows);
    for (const { shards, rows } of windows) {
      assert.deepEqual(new Set(rows.map(shardOf)), new Set(shards));
      assert.equal(new Set(shards).size, shards.length);
    }
    // All are full but the last.
    for (const { shards } of windows.slice(0, -1)) assert.equal(shards.length, layout.windowShards);
    assert.equal(
      windows.reduce((sum, { shards }) => sum + shards.length, 0),
      new Set(rows.map(shardOf)).size,
    );
  }));
});

Deno.test("the order is a function of rows, layout and stream, and another for each epoch", () => {
  const rows = Int32Array.from({ length: 1000 }, (_, i) => i);
  const layout = { shardRows: 30, windowShards: 4 };
  const of = (epoch: number) => shuffledWindows(rows, layout, stream(1, "shuffle").sub(epoch));
  assert.deepEqual(of(1), of(1));
  const [first, second] = [of(1), of(2)];
  const shards = (windows: RowWindow[]) => windows.flatMap(({ shards }) => [...shards]);
  assert.notDeepEqual(shards(first), shards(second));
  assert.notDeepEqual([...first[0].rows].sort(), [...second[0].rows].sort());
  assert.notDeepEqual([...first[0].rows], [...first[0].rows].sort((a, b) => a - b));
});

Deno.test("one window that holds all shards is a shuffle of all rows", () => {
  const rows = Int32Array.from({ length: 200 }, (_, i) => i);
  const [window, ...others] = shuffledWindows(
    rows,
    { shardRows: 7, windowShards: 29 },
    stream(1, "shuffle"),
  );
  assert.equal(others.length, 0);
  // Neighbours are as far apart as in a random order: a third of the length on average.
  const apart = window.rows.reduce(
    (sum, row, i, all) => sum + Math.abs(row - (all[i - 1] ?? row)),
    0,
  );
  assert.ok(apart / 200 > 50, `${apart / 200}`);
});

Deno.test("rows that stay in order stay in order, and shards without any are not read", () => {
  fc.assert(fc.property(cases, ({ rows, layout }) => {
    const windows = rowWindows(rows, layout);
    assert.deepEqual(rowsOf(windows), [...rows]);
    const shards = windows.flatMap(({ shards }) => [...shards]);
    assert.deepEqual(shards, [...new Set(shards)].sort((a, b) => a - b));
  }));
  const clustered = Int32Array.from([3, 4, 1000]);
  assert.deepEqual(
    rowWindows(clustered, { shardRows: 10, windowShards: 5 }).map(({ shards }) => [...shards]),
    [[0, 100]],
  );
});

Deno.test("windows take no more bytes than they may, in shards of 2 MiB", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat(1 << 28), (d, bytes) => {
    const { shardRows, windowShards } = windowLayout(d, bytes);
    assert.ok(shardRows >= 1 && windowShards >= 1);
    const shard = shardRows * d * 4;
    if (bytes >= d * 4) assert.ok(shard * windowShards <= bytes);
    assert.ok(shardRows === 1 || shard <= 2 << 20);
    // What is left over is less than a shard.
    if (bytes >= d * 4) assert.ok(shard * (windowShards + 1) > bytes);
  }));
});

Deno.test("what cannot be cut is refused", () => {
  const layout = { shardRows: 2, windowShards: 2 };
  for (const rows of [[0, 2, 1], [0, 0], [5, 3]]) {
    assert.throws(() => rowWindows(Int32Array.from(rows), layout), {
      name: "RangeError",
      message: `Cannot cut rows into windows as they must ascend: row ${rows.at(-1)} follows row ${
        rows.at(-2)
      }`,
    });
  }
  assert.throws(() => rowWindows(new Int32Array(1), { shardRows: 0, windowShards: 1 }), {
    name: "RangeError",
    message:
      "Cannot cut rows into windows as shardRows must be an integer from 1 up: current value is 0",
  });
});
