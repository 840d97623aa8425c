import { madd } from "./madd";
import { loadPart, storePart } from "./part";

/**
 * Matrix products by tiles of four rows and eight columns. Each element has one accumulator, and
 * the inner index ascends.
 *
 * C [m, n] = start + A [m, p] · B [p, n]. A is read element by element with two strides, so that it
 * may be a transpose. B's rows are contiguous; where its columns do not fill a tile, they are first
 * packed into panels. Strides are in bytes.
 */

/** Columns of a tile. */
const WIDTH: i32 = 8;

/**
 * C = start + A·B.
 *
 * @param start One row of n floats that every accumulator begins with, or 0 for zeros.
 * @param scratch Room for p·8 floats.
 */
export function product(
  a: usize, aRow: usize, aColumn: usize,
  b: usize, bRow: usize,
  c: usize, start: usize,
  m: i32, n: i32, p: i32,
  scratch: usize,
): void {
  const cRow = <usize>n << 2;
  for (let j = 0; j < n; j += WIDTH) {
    const count = min(WIDTH, n - j);
    let panel = b + (<usize>j << 2);
    let panelRow = bRow;
    if (count < WIDTH) {
      packColumns(panel, bRow, scratch, p, count);
      panel = scratch;
      panelRow = WIDTH << 2;
    }
    const from = start == 0 ? 0 : start + (<usize>j << 2);
    columns(a, aRow, aColumn, panel, panelRow, c + (<usize>j << 2), cRow, from, m, p, count);
  }
}

/**
 * C = start + A·Bᵀ, with B [n, p] given by its rows.
 *
 * @param scratch Room for p·8 floats.
 */
export function productTransposed(
  a: usize, aRow: usize,
  b: usize,
  c: usize, start: usize,
  m: i32, n: i32, p: i32,
  scratch: usize,
): void {
  const cRow = <usize>n << 2;
  const bRow = <usize>p << 2;
  for (let j = 0; j < n; j += WIDTH) {
    const count = min(WIDTH, n - j);
    packRows(b + <usize>j * bRow, bRow, scratch, p, count);
    const from = start == 0 ? 0 : start + (<usize>j << 2);
    columns(a, aRow, 4, scratch, WIDTH << 2, c + (<usize>j << 2), cRow, from, m, p, count);
  }
}

/** All rows of up to eight columns of C. */
function columns(
  a: usize, aRow: usize, aColumn: usize,
  b: usize, bRow: usize,
  c: usize, cRow: usize, start: usize,
  m: i32, p: i32, count: i32,
): void {
  let start0 = f32x4.splat(0);
  let start1 = f32x4.splat(0);
  if (start != 0) {
    start0 = loadPart(start, count);
    if (count > 4) start1 = loadPart(start + 16, count - 4);
  }
  for (let i = 0; i < m; i += 4) {
    tile(
      a + <usize>i * aRow, aRow, aColumn, b, bRow,
      c + <usize>i * cRow, cRow, start0, start1, min(4, m - i), p, count,
    );
  }
}

/** One tile. Rows that are missing repeat the last one, and are not stored. */
function tile(
  a: usize, aRow: usize, aColumn: usize,
  b: usize, bRow: usize,
  c: usize, cRow: usize, start0: v128, start1: v128,
  rows: i32, p: i32, count: i32,
): void {
  let a0 = a;
  let a1 = rows > 1 ? a0 + aRow : a0;
  let a2 = rows > 2 ? a1 + aRow : a1;
  let a3 = rows > 3 ? a2 + aRow : a2;
  let c00 = start0, c01 = start1;
  let c10 = start0, c11 = start1;
  let c20 = start0, c21 = start1;
  let c30 = start0, c31 = start1;
  for (let k = 0; k < p; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a0);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load_splat<f32>(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load_splat<f32>(a2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load_splat<f32>(a3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += bRow;
  }
  storeRow(c, c00, c01, count);
  if (rows > 1) storeRow(c + cRow, c10, c11, count);
  if (rows > 2) storeRow(c + 2 * cRow, c20, c21, count);
  if (rows > 3) storeRow(c + 3 * cRow, c30, c31, count);
}

// @ts-ignore: decorator
@inline
function storeRow(to: usize, v0: v128, v1: v128, count: i32): void {
  storePart(to, v0, count);
  if (count > 4) storePart(to + 16, v1, count - 4);
}

/** A panel [p, 8] from `count` < 8 columns of p rows; zeros in the columns that are left. */
function packColumns(from: usize, fromRow: usize, to: usize, p: i32, count: i32): void {
  for (let k = 0; k < p; k++) {
    v128.store(to, loadPart(from, count));
    v128.store(to, count > 4 ? loadPart(from + 16, count - 4) : f32x4.splat(0), 16);
    from += fromRow;
    to += WIDTH << 2;
  }
}

/** A panel [p, 8] from `count` rows of p floats, transposed; zeros in the columns that are left. */
function packRows(from: usize, fromRow: usize, to: usize, p: i32, count: i32): void {
  packFour(from, fromRow, to, p, count);
  packFour(from + 4 * fromRow, fromRow, to + 16, p, count - 4);
}

/** One half of a panel: four columns. */
function packFour(from: usize, fromRow: usize, to: usize, p: i32, count: i32): void {
  let k = 0;
  if (count >= 4) {
    const r1 = from + fromRow, r2 = r1 + fromRow, r3 = r2 + fromRow;
    for (; k + 4 <= p; k += 4) {
      const at = <usize>k << 2;
      const v0 = v128.load(from + at), v1 = v128.load(r1 + at);
      const v2 = v128.load(r2 + at), v3 = v128.load(r3 + at);
      const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
      v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
      v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
      to += 128;
    }
  }
  for (; k < p; k++) {
    v128.store(to, column(from + (<usize>k << 2), fromRow, count));
    to += 32;
  }
}

/** One float of each of `count` rows; zeros in the lanes that are left. */
function column(from: usize, fromRow: usize, count: i32): v128 {
  let value = f32x4.splat(0);
  if (count > 0) value = v128.load_lane<f32>(from, value, 0);
  if (count > 1) value = v128.load_lane<f32>(from + fromRow, value, 1);
  if (count > 2) value = v128.load_lane<f32>(from + 2 * fromRow, value, 2);
  if (count > 3) value = v128.load_lane<f32>(from + 3 * fromRow, value, 3);
  return value;
}
