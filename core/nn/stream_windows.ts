import type { Core, Tensor } from "../ops.ts";
import type { StreamedSamples } from "./feature_source.ts";
import type { Samples } from "./head.ts";
import type { RowWindow } from "./row_windows.ts";

/**
 * Brings windows of samples into a core, one after the other, as parts of whole batches: what a
 * window leaves over stands before the rows of the next one, and only the last part may end with a
 * batch that is not full. So batches are those of all rows in one list.
 *
 * While the caller computes on one window, the next one is read. Memory holds two windows at most:
 * one in the core, one on its way. A part's arrays are its own until the next part is asked for.
 *
 * @param batchSize Samples a batch, an integer ≥ 1.
 *
 * @example
 * ```ts
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
 * for await (const { rows } of streamWindows(core, samples, windows, 3)) {
 *   rows.length; // 3, then 2
 * }
 * ```
 */
export async function* streamWindows(
  core: Core,
  { source, labels, classes, layout: { shardRows } }: StreamedSamples,
  windows: readonly RowWindow[],
  batchSize: number,
): AsyncGenerator<Required<Samples>> {
  const d = source.dimension;
  const most = windows.reduce((most, { shards }) => Math.max(most, shards.length), 0) * shardRows;
  // Left-over rows lie before the window's.
  const room = batchSize - 1;
  const buffer = new Float32Array(most * d);
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
    const features = hold(core.tensor([room + most, d]));
    const held = hold(core.integers([room + most], classes));
    const carried = hold(core.tensor([room, d]));
    /** Class of each row of `features`. */
    const classOf = new Int32Array(room + most);
    let left = 0;
    if (windows.length > 0) read(windows[0]);
    for (let w = 0; w < windows.length; w++) {
      const { shards, rows } = windows[w];
      await reading;
      const size = shards.length * shardRows;
      const window = core.rows(features, room, room + size);
      core.write(window, buffer.subarray(0, size * d), { allowNonFinite: true });
      const isLast = w === windows.length - 1;
      if (!isLast) read(windows[w + 1]);

      const place = new Map(Array.from(shards, (shard, i) => [shard, room + i * shardRows]));
      const order = new Int32Array(left + rows.length);
      for (let i = 0; i < left; i++) order[i] = i;
      rows.forEach((row, i) => {
        const shard = Math.floor(row / shardRows);
        const at = place.get(shard)! + row - shard * shardRows;
        order[left + i] = at;
        classOf[at] = labels[row];
      });
      core.writeIntegers(held, classOf, "labels");
      const whole = isLast ? order.length : order.length - order.length % batchSize;
      if (whole > 0) yield { features, labels: held, rows: order.slice(0, whole) };

      const rest = order.slice(whole);
      left = rest.length;
      if (left === 0) continue;
      const indices = core.uploadIntegers(rest, [left], { below: room + most });
      try {
        const output = core.rows(carried, 0, left);
        core.gatherRows({ source: features, indices, output });
        core.copy(output, core.rows(features, 0, left));
      } finally {
        core.free(indices);
      }
      classOf.set(Array.from(rest, (at) => classOf[at]));
    }
  } finally {
    // Who stops early leaves a read behind, whose array is in use until it ends.
    await reading.catch(() => {});
    for (const tensor of tensors) core.free(tensor);
  }
}
