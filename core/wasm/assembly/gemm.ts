import { packColumns, packRows } from "./pack";
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

/** Layout of the scratch, in bytes: zeros, a row to start from, a tile, B's panels, A's block. */
const START: usize = 32;
const TILE: usize = 64;
const B_PANELS: usize = 256;
const A_BLOCK: usize = B_PANELS + 2 * (DEPTH * WIDTH << 2);
/** Bytes of scratch that a product needs. The last panel's last step is stored four wide. */
export const gemmScratch: i32 = <i32>A_BLOCK + (BLOCK << 2) + 64;

/**
 * C [m, n] = start + A [m, p] · B [p, n].
 *
 * Of each pair of strides, in bytes, one is 4: any of the three may be a transpose.
 *
 * @param start n floats that the accumulators of each column begin with, or 0 for zeros.
 * @param scratch `gemmScratch` bytes, 16-byte aligned.
 */
export function gemm(
  a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, bColumn: usize,
  c: usize, cRow: usize, start: usize,
  m: i32, n: i32, p: i32,
  scratch: usize,
): void {
  if (m == 0 || n == 0) return;
  // Which side lies along the vectors: the one that wastes less of them and of packing.
  const columns = cost(m, n, bColumn), rows = cost(n, m, aRow);
  if (columns <= rows) {
    blocks(a, aRow, aStep, b, bStep, bColumn, c, cRow, 4, start, 0, 4, m, n, p, scratch);
  } else {
    blocks(b, bColumn, bStep, a, aStep, aRow, c, 4, cRow, start, 4, 0, n, m, p, scratch);
  }
}

/** Eighths of a vector operation per step of the inner index: multiply-adds, then packing. */
function cost(m: i32, n: i32, bColumn: usize): i32 {
  const width = (n + WIDTH - 1) & -WIDTH;
  return width * m + width * (bColumn == 4 ? 2 : 4);
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
  return rows * index / tiles;
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
  for (let j = 0; j < n; j += WIDTH) {
    const count = min(WIDTH, n - j);
    let panel = b + <usize>j * bColumn, panelStep = bStep;
    if (bColumn != 4 || tiles > 1) {
      // Two panels at once: together they are as wide as a line of the cache.
      panel = scratch + B_PANELS + (j & WIDTH ? panelBytes : 0);
      panelStep = WIDTH << 2;
      if (!(j & WIDTH)) {
        packColumns(b + <usize>j * bColumn, bColumn, bStep, panel, p, count);
        const next = n - j - WIDTH;
        if (next > 0) {
          const from = b + <usize>(j + WIDTH) * bColumn;
          packColumns(from, bColumn, bStep, panel + panelBytes, p, min(WIDTH, next));
        }
      }
    } else if (count < WIDTH) {
      packColumns(panel, bColumn, bStep, scratch + B_PANELS, p, count);
      panel = scratch + B_PANELS;
      panelStep = WIDTH << 2;
    }
    const cPanel = c + <usize>j * cColumn;
    const whole = count == WIDTH && cColumn == 4;
    const startPanel = start == 0 ? 0 : start + <usize>j * startColumn;
    if (first && startPanel != 0 && startRow == 0) {
      for (let x = 0; x < count; x++) {
        store<f32>(scratch + START + (<usize>x << 2), load<f32>(startPanel + (<usize>x << 2)));
      }
    }
    for (let t = 0; t < tiles; t++) {
      const i = tileRow(rows, tiles, t);
      const height = tileRow(rows, tiles, t + 1) - i;
      const cTile = cPanel + <usize>i * cRow;
      let from = scratch, fromRow: usize = 0;
      if (!first) {
        if (whole) {
          from = cTile;
          fromRow = cRow;
        } else {
          from = scratch + TILE;
          fromRow = WIDTH << 2;
          readTile(cTile, cRow, cColumn, from, height, count);
        }
      } else if (startPanel != 0) {
        if (startRow == 0) from = scratch + START;
        else {
          from = scratch + TILE;
          fromRow = WIDTH << 2;
          readTile(startPanel + <usize>i * startRow, startRow, startColumn, from, height, WIDTH);
        }
      }
      const to = whole ? cTile : scratch + TILE;
      const toRow: usize = whole ? cRow : WIDTH << 2;
      if (packed) {
        const aTile = scratch + A_BLOCK + <usize>t * <usize>p * (HEIGHT << 2);
        tile(height, aTile, 4, HEIGHT << 2, panel, panelStep, p, from, fromRow, to, toRow);
      } else {
        const aTile = a + <usize>i * aRow;
        tile(height, aTile, aRow, aStep, panel, panelStep, p, from, fromRow, to, toRow);
      }
      if (!whole) writeTile(to, cTile, cRow, cColumn, height, count);
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
