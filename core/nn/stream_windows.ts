import type { Core, Tensor } from "../ops.ts";
import type { StreamedSamples } from "./feature_source.ts";
import type { Samples } from "./head.ts";
import type { RowWindow } from "./row_windows.ts";

/** Bytes that are put in order at a time: few enough to stay in a cache on the way. */
const CHUNK = 1 << 19;

/**
 * Brings windows of samples into a core, one after the other, as parts of whole batches: what a
 * window leaves over stands before the rows of the next one, and only the last part may end with a
 * batch that is not full. So batches are those of all rows in one list.
 *
 * While the caller computes on one window, the next one is read. Memory holds two windows at most:
 * one in the core, its rows in their order, and one on its way. A part's arrays are its own until
 * the next part is asked for.
 *
 * @param batchSize Samples a batch, an integer ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../reference/core.ts";
 * import { rowWindows } from "./row_windows.ts";
 *
 * const core = createReferenceCore();
 * const layout = { shardRows: 2, windowShards: 1 };
 * const samples = {
 *   source: {
 *     rows: 5,
 *     dimension: 1,
 *     read: async (from: number, to: number, into: Float32Array) => {
 *       for (let row = from; row < to; row++) into[row - from] = row;
 *     },
 *   },
 *   labels: new Int32Array(5),
 *   classes: 1,
 *   layout,
 * };
 * const windows = rowWindows(new Int32Array([0, 1, 2, 3, 4]), layout);
 * const shapes = [];
 * for await (const { features } of streamWindows(core, samples, windows, 3)) {
 *   shapes.push([...features.shape]);
 * }
 * assert.deepEqual(shapes, [[3, 1], [2, 1]]);
 * ```
 */
export async function* streamWindows(
  core: Core,
  { source, labels, classes, layout: { shardRows } }: StreamedSamples,
  windows: readonly RowWindow[],
  batchSize: number,
): AsyncGenerator<Samples> {
  const d = source.dimension;
  const mostOf = (count: (window: RowWindow) => number) =>
    windows.reduce((most, window) => Math.max(most, count(window)), 0);
  const buffer = new Float32Array(mostOf(({ shards }) => shards.length) * shardRows * d);
  const chunkRows = Math.max(1, Math.floor(CHUNK / (4 * d)));
  const chunk = new Float32Array(chunkRows * d);
  const tensors: Tensor[] = [];
  const hold = <T extends Tensor>(tensor: T): T => {
    tensors.push(tensor);
    return tensor;
  };
  let reading: Promise<unknown> = Promise.resolve();
  const read = ({ shards }: RowWindow) => {
    const reads = Array.from(shards, (shard, i) => {
      const from = shard * shardRows, to = Math.min(from + shardRows, source.rows);
      const at = i * shardRows * d;
      return source.read(from, to, buffer.subarray(at, at + (to - from) * d));
    });
    reading = Promise.all(reads);
    // It is waited for later; until then a failure is nobody's.
    reading.catch(() => {});
  };
  try {
    const room = batchSize - 1 + mostOf(({ rows }) => rows.length);
    const features = hold(core.tensor([room, d]));
    const held = hold(core.integers([room], classes));
    const classOf = new Int32Array(room);
    /** Rows that the last window left over, at the beginning. */
    let left = 0;
    if (windows.length > 0) read(windows[0]);
    for (let w = 0; w < windows.length; w++) {
      const { shards, rows } = windows[w];
      await reading;
      const place = new Map(Array.from(shards, (shard, i) => [shard, (i - shard) * shardRows]));
      for (let from = 0; from < rows.length; from += chunkRows) {
        const own = rows.subarray(from, from + chunkRows);
        own.forEach((row, i) => {
          const at = (place.get(Math.floor(row / shardRows))! + row) * d;
          chunk.set(buffer.subarray(at, at + d), i * d);
          classOf[left + from + i] = labels[row];
        });
        const to = core.rows(features, left + from, left + from + own.length);
        core.write(to, chunk.subarray(0, own.length * d), { allowNonFinite: true });
      }
      core.writeIntegers(held, classOf, "labels");
      const isLast = w === windows.length - 1;
      if (!isLast) read(windows[w + 1]);

      const size = left + rows.length;
      const whole = isLast ? size : size - size % batchSize;
      const part = (from: number, to: number) => ({
        features: core.rows(features, from, to),
        labels: core.rows(held, from, to),
      });
      if (whole > 0) yield part(0, whole);
      left = size - whole;
      if (left === 0 || whole === 0) continue;
      core.copy(part(whole, size).features, part(0, left).features);
      classOf.copyWithin(0, whole, size);
    }
  } finally {
    // Who stops early leaves a read behind, whose array is in use until it ends.
    await reading.catch(() => {});
    for (const tensor of tensors) core.free(tensor);
  }
}
