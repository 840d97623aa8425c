import type { Random } from "../random/stream.ts";

/** How rows are read from where they lie. */
export interface WindowLayout {
  /** Neighbouring rows that are read together: a shard. Integer ≥ 1. */
  shardRows: number;
  /** Shards that are held at once: a window. Integer ≥ 1. */
  windowShards: number;
}

/** Bytes of a shard: what a disk reads in one go without a pause that counts. */
const SHARD = 2 << 20;

/**
 * The layout of rows of d binary32 numbers, in shards of about 2 MiB.
 *
 * @param bytes What a window may take; it holds a row in any case.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(windowLayout(2048, 64 << 20), { shardRows: 256, windowShards: 32 });
 * ```
 */
export function windowLayout(d: number, bytes: number): WindowLayout {
  const rows = Math.max(1, Math.floor(bytes / (4 * d)));
  const shardRows = Math.min(rows, Math.max(1, Math.floor(SHARD / (4 * d))));
  return { shardRows, windowShards: Math.floor(rows / shardRows) };
}

/** Shards that are held at once, and what is taken of them. */
export interface RowWindow {
  /** Numbers of the shards; shard s is the rows from `s·shardRows` on. */
  shards: Int32Array<ArrayBuffer>;
  /** Rows of these shards, in the order in which they are taken. */
  rows: Int32Array<ArrayBuffer>;
}

/**
 * Some rows as they stand, cut into windows. Shards without any of them are left out.
 *
 * @param rows Ascending.
 * @throws {RangeError} if the rows do not ascend, or the layout is not of integers ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rows = new Int32Array([0, 1, 2, 7, 8]);
 * const windows = rowWindows(rows, { shardRows: 2, windowShards: 2 });
 * assert.deepEqual(windows.map(({ shards }) => [...shards]), [[0, 1], [3, 4]]);
 * assert.deepEqual(windows.map(({ rows }) => [...rows]), [[0, 1, 2], [7, 8]]);
 * ```
 */
export function rowWindows(rows: Int32Array, layout: WindowLayout): RowWindow[] {
  return cut(shardsOf(rows, layout), layout);
}

/**
 * The order of an epoch over rows that are read in windows: shards in a random order, so many of
 * them a window, and the rows of each window in a random order. It is a pure function of the rows,
 * the layout and the stream. One window that holds all shards is a full shuffle.
 *
 * @param rows Ascending.
 * @throws {RangeError} as {@linkcode rowWindows}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "../random/stream.ts";
 *
 * const rows = new Int32Array([0, 1, 2, 3, 4, 5, 6]);
 * const random = stream(1, "shuffle").sub(1);
 * const windows = shuffledWindows(rows, { shardRows: 2, windowShards: 2 }, random);
 * assert.equal(windows.map(({ rows }) => rows.length).reduce((a, b) => a + b), 7);
 * ```
 */
export function shuffledWindows(
  rows: Int32Array,
  layout: WindowLayout,
  random: Random,
): RowWindow[] {
  const windows = cut(random.shuffle(shardsOf(rows, layout)), layout);
  for (const window of windows) random.shuffle(window.rows);
  return windows;
}

/** A shard with the rows that are wanted of it. */
interface Shard {
  number: number;
  rows: Int32Array;
}

function shardsOf(rows: Int32Array, { shardRows, windowShards }: WindowLayout): Shard[] {
  for (const [name, value] of Object.entries({ shardRows, windowShards })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(
      `Cannot cut rows into windows as ${name} must be an integer from 1 up: current value is ${value}`,
    );
  }
  const shards: Shard[] = [];
  for (let from = 0; from < rows.length;) {
    const number = Math.floor(rows[from] / shardRows);
    let to = from + 1;
    for (; to < rows.length && rows[to] < (number + 1) * shardRows; to++) {
      if (rows[to] <= rows[to - 1]) refuse(rows, to);
    }
    if (to < rows.length && rows[to] <= rows[to - 1]) refuse(rows, to);
    shards.push({ number, rows: rows.subarray(from, to) });
    from = to;
  }
  return shards;
}

function refuse(rows: Int32Array, at: number): never {
  throw new RangeError(
    `Cannot cut rows into windows as they must ascend: row ${rows[at]} follows row ${rows[at - 1]}`,
  );
}

function cut(shards: readonly Shard[], { windowShards }: WindowLayout): RowWindow[] {
  const windows: RowWindow[] = [];
  for (let from = 0; from < shards.length; from += windowShards) {
    const own = shards.slice(from, from + windowShards);
    const rows = new Int32Array(own.reduce((sum, shard) => sum + shard.rows.length, 0));
    let at = 0;
    for (const shard of own) {
      rows.set(shard.rows, at);
      at += shard.rows.length;
    }
    windows.push({ shards: Int32Array.from(own, ({ number }) => number), rows });
  }
  return windows;
}
