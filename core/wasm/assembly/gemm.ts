import { packPanels, packRows } from "./pack";
import { own, partFrom, parts, partTo } from "./threads";
import { HEIGHT, tile, WIDTH } from "./tile";

/**
 * Matrix products, packed and blocked for the caches.
 *
 * The inner index is cut into blocks so that a panel of B stays in the first cache; between blocks
 * the accumulators wait in C. Rows are cut so that what is packed of A stays in the second. Neither
 * changes the order in which an element's products are added.
 */

/** Steps of the inner index in a block, at most. */
const DEPTH: i32 = 512;
/** Floats of A that are packed at once, at most. */
const BLOCK: i32 = 131072;
/** Fewer panels of B than this, and A is read where it lies. */
const REUSE: i32 = 6;

/** Columns of two panels, which are as wide as a line of the cache. */
const PAIR: i32 = 2 * WIDTH;

/** Cost of writing an element of a transposed C, in lanes of a multiply-add. */
const WRITE: i64 = 24;

/** Layout of the scratch, in bytes: zeros, rows to start from, a tile, B's panels, A's block. */
const START: usize = 32;
const TILE: usize = 96;
const B_PANELS: usize = 320;
const A_BLOCK: usize = B_PANELS + 2 * (DEPTH * WIDTH << 2);
/** Bytes of scratch that a product needs for each thread. */
export const gemmScratch: i32 = <i32>A_BLOCK + (BLOCK << 2);

/**
 * C [m, n] = start + A [m, p] · B [p, n].
 *
 * Of each pair of strides, in bytes, one is 4: any of the three may be a transpose.
 *
 * @param start n floats that the accumulators of each column begin with, or 0 for zeros.
 * @param scratch `gemmScratch` bytes for each thread, 64-byte aligned.
 */
export function gemm(
  a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, bColumn: usize,
  c: usize, cRow: usize, start: usize,
  m: i32, n: i32, p: i32,
  scratch: usize,
): void {
  if (m == 0 || n == 0) return;
  scratch = own(scratch, gemmScratch);
  // Which side lies along the vectors: the one that costs less. C is written in rows.
  const columns = cost(m, n, p, bColumn), rows = cost(n, m, p, aRow) + WRITE * <i64>m * n;
  if (columns <= rows) {
    share(a, aRow, aStep, b, bStep, bColumn, c, cRow, 4, start, 0, 4, m, n, p, scratch);
  } else {
    share(b, bColumn, bStep, a, aStep, aRow, c, 4, cRow, start, 4, 0, n, m, p, scratch);
  }
}

/** Cost of a product in lanes of a multiply-add, with those that are wasted, and with packing. */
function cost(m: i32, n: i32, p: i32, bColumn: usize): i64 {
  const width = (n + WIDTH - 1) & -WIDTH;
  return <i64>p * width * (m + (bColumn == 4 ? 2 : 4));
}

/** This thread's part: some columns, or some rows, whichever leaves it less to do. */
function share(
  a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, bColumn: usize,
  c: usize, cRow: usize, cColumn: usize,
  start: usize, startRow: usize, startColumn: usize,
  m: i32, n: i32, p: i32,
  scratch: usize,
): void {
  if (parts() > 1) {
    // Panels of B go in pairs. Who has some rows packs all of B, who has some columns all of A.
    const most = ((n + PAIR - 1) / PAIR + parts() - 1) / parts() * PAIR;
    const some = (m + parts() - 1) / parts();
    const width = (n + WIDTH - 1) & -WIDTH, packing = bColumn == 4 ? 2 : 4;
    if (<i64>most * (m + packing) + 2 * m <= <i64>width * (some + packing) + 2 * some) {
      const j = partFrom(n, PAIR);
      n = partTo(n, PAIR) - j;
      b += <usize>j * bColumn;
      c += <usize>j * cColumn;
      if (start != 0) start += <usize>j * startColumn;
    } else {
      const i = partFrom(m, 1);
      m = partTo(m, 1) - i;
      a += <usize>i * aRow;
      c += <usize>i * cRow;
      if (start != 0) start += <usize>i * startRow;
    }
    if (m == 0 || n == 0) return;
  }
  blocks(a, aRow, aStep, b, bStep, bColumn, c, cRow, cColumn, start, startRow, startColumn, m, n, p, scratch);
}

/** All blocks of a product whose vectors lie along C's columns. */
function blocks(
  a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, bColumn: usize,
  c: usize, cRow: usize, cColumn: usize,
  start: usize, startRow: usize, startColumn: usize,
  m: i32, n: i32, p: i32,
  scratch: usize,
): void {
  v128.store(scratch, f32x4.splat(0));
  v128.store(scratch, f32x4.splat(0), 16);
  const depths = max(1, (p + DEPTH - 1) / DEPTH);
  const depth = (p + depths - 1) / depths;
  const pack = n >= REUSE * WIDTH;
  const mostRows = pack && depth > 0 ? BLOCK / depth / HEIGHT * HEIGHT : m;
  const parts = (m + mostRows - 1) / mostRows;
  for (let k = 0; k == 0 || k < p; k += depth) {
    const steps = min(depth, p - k);
    for (let part = 0; part < parts; part++) {
      const i = <i32>(<i64>m * part / parts);
      const rows = <i32>(<i64>m * (part + 1) / parts) - i;
      const aPart = a + <usize>i * aRow + <usize>k * aStep;
      if (pack) packBlock(aPart, aRow, aStep, scratch + A_BLOCK, rows, steps);
      block(
        aPart, aRow, aStep, pack,
        b + <usize>k * bStep, bStep, bColumn,
        c + <usize>i * cRow, cRow, cColumn,
        start == 0 ? 0 : start + <usize>i * startRow, startRow, startColumn,
        rows, n, steps, k == 0, scratch,
      );
    }
    if (steps <= 0) break;
  }
}

/** Row at which a tile begins: heights of a block's tiles differ by at most one. */
// @ts-ignore: decorator
@inline
function tileRow(rows: i32, tiles: i32, index: i32): i32 {
  return <i32>(<i64>rows * index / tiles);
}

function packBlock(a: usize, aRow: usize, aStep: usize, to: usize, rows: i32, p: i32): void {
  const tiles = (rows + HEIGHT - 1) / HEIGHT;
  for (let t = 0; t < tiles; t++) {
    const i = tileRow(rows, tiles, t);
    packRows(a + <usize>i * aRow, aRow, aStep, to, p, tileRow(rows, tiles, t + 1) - i);
    to += <usize>p * (HEIGHT << 2);
  }
}

/** Some rows, all columns, some steps. */
function block(
  a: usize, aRow: usize, aStep: usize, packed: bool,
  b: usize, bStep: usize, bColumn: usize,
  c: usize, cRow: usize, cColumn: usize,
  start: usize, startRow: usize, startColumn: usize,
  rows: i32, n: i32, p: i32, first: bool,
  scratch: usize,
): void {
  const tiles = (rows + HEIGHT - 1) / HEIGHT;
  const panelBytes = <usize>p * (WIDTH << 2);
  // A few tiles read B where it lies, fewer where its steps fall into one set of the first cache.
  const packAll = bColumn != 4 || tiles > (bStep & 2047 ? 3 : 2);
  if (packed) {
    a = scratch + A_BLOCK;
    aRow = 4;
    aStep = HEIGHT << 2;
  }
  // Two panels at a time: together they are as wide as a line of the cache.
  for (let j = 0; j < n; j += 2 * WIDTH) {
    let panel = b + <usize>j * bColumn, panelStep = bStep, panelColumn = bColumn;
    const count = min(2 * WIDTH, n - j);
    if (packAll || count % WIDTH != 0) {
      packPanels(panel, bColumn, bStep, scratch + B_PANELS, panelBytes, p, count);
      panel = scratch + B_PANELS;
      panelStep = WIDTH << 2;
      panelColumn = <usize>p << 2;
    }
    const cPanel = c + <usize>j * cColumn;
    const startPanel = start == 0 ? 0 : start + <usize>j * startColumn;
    if (first && startPanel != 0 && startRow == 0) {
      memory.copy(scratch + START, startPanel, <usize>count << 2);
    }
    for (let t = 0; t < tiles; t++) {
      const i = tileRow(rows, tiles, t);
      const height = tileRow(rows, tiles, t + 1) - i;
      const aTile = a + (packed ? <usize>(t * HEIGHT * p << 2) : <usize>i * aRow);
      const cTile = cPanel + <usize>i * cRow;
      const startTile = startPanel == 0 ? 0 : startPanel + <usize>i * startRow;
      for (let half = 0; half < count; half += WIDTH) {
        const width = min(WIDTH, count - half);
        const cHalf = cTile + <usize>half * cColumn;
        const whole = width == WIDTH && cColumn == 4;
        let from = scratch, fromRow: usize = 0;
        if (!first) {
          if (whole) {
            from = cHalf;
            fromRow = cRow;
          } else {
            from = scratch + TILE;
            fromRow = WIDTH << 2;
            readTile(cHalf, cRow, cColumn, from, height, width);
          }
        } else if (startTile != 0) {
          if (startRow == 0) from = scratch + START + (<usize>half << 2);
          else {
            from = scratch + TILE;
            fromRow = WIDTH << 2;
            readTile(startTile, startRow, 0, from, height, WIDTH);
          }
        }
        const to = whole ? cHalf : scratch + TILE;
        const toRow: usize = whole ? cRow : WIDTH << 2;
        const bHalf = panel + <usize>half * panelColumn;
        tile(height, aTile, aRow, aStep, bHalf, panelStep, p, from, fromRow, to, toRow);
        if (!whole) writeTile(to, cHalf, cRow, cColumn, height, width);
      }
    }
  }
}

/** A tile [height, 8] from elements with two strides. */
function readTile(
  from: usize, row: usize, column: usize, to: usize, height: i32, count: i32,
): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < count; j++) {
      store<f32>(to + (<usize>(i * WIDTH + j) << 2), load<f32>(from + <usize>j * column));
    }
    from += row;
  }
}

/** Elements with two strides from a tile [height, 8]. */
function writeTile(
  from: usize, to: usize, row: usize, column: usize, height: i32, count: i32,
): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < count; j++) {
      store<f32>(to + <usize>j * column, load<f32>(from + (<usize>(i * WIDTH + j) << 2)));
    }
    to += row;
  }
}
