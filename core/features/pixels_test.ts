import assert from "node:assert/strict";
import { createEmbedder } from "./registry.ts";
import { PixelExtractor } from "./pixels.ts";

Deno.test("pixels of one square share a cell, whatever their channel", () => {
  const { rows, columns, cellOf } = new PixelExtractor({ height: 3, width: 5, channels: 3 }).cells(
    2,
  );
  assert.deepEqual([rows, columns], [2, 3]);
  const cell = (y: number, x: number, c: number) => cellOf[(y * 5 + x) * 3 + c];
  assert.deepEqual([cell(0, 0, 0), cell(1, 1, 2), cell(0, 2, 1), cell(1, 4, 0)], [0, 0, 1, 2]);
  assert.deepEqual([cell(2, 0, 0), cell(2, 4, 2)], [3, 5]);
});

Deno.test("createEmbedder() refuses what pixels alone do not give", () => {
  assert.throws(
    () => createEmbedder({ method: "toString" }, { height: 8, width: 8, channels: 1 }),
    /Cannot embed images anew by "toString": expected one of hog, pixels/,
  );
});
