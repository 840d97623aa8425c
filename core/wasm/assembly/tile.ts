import { madd } from "./madd";

/**
 * The innermost loop of a matrix product: a tile of up to six rows and eight columns in twelve
 * vectors, with two for B and one for A: all that x86-64 gives to WebAssembly.
 *
 * Each element has one accumulator, and the inner index ascends. A tile may be left and taken up
 * again: its accumulators are stored and loaded as they are.
 */

/** Columns of a tile. */
export const WIDTH: i32 = 8;
/** Rows of a tile, at most. */
export const HEIGHT: i32 = 6;

/**
 * `to` = `from` + A·B over p steps, for a tile of `height` rows.
 *
 * A is read from `a`, its rows `aRow` bytes and its steps `aStep` bytes apart, one of them 4. B's
 * eight columns are contiguous, its steps `bStep` bytes apart.
 */
export function tile(
  height: i32,
  a: usize, aRow: usize, aStep: usize,
  b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize,
  to: usize, toRow: usize,
): void {
  if (aRow == 4) {
    if (height == 6) across6(a, aStep, b, bStep, p, from, fromRow, to, toRow);
    else if (height == 5) across5(a, aStep, b, bStep, p, from, fromRow, to, toRow);
    else if (height == 4) across4(a, aStep, b, bStep, p, from, fromRow, to, toRow);
    else if (height == 3) across3(a, aStep, b, bStep, p, from, fromRow, to, toRow);
    else if (height == 2) across2(a, aStep, b, bStep, p, from, fromRow, to, toRow);
    else across1(a, aStep, b, bStep, p, from, fromRow, to, toRow);
  } else {
    if (height == 6) along6(a, aRow, b, bStep, p, from, fromRow, to, toRow);
    else if (height == 5) along5(a, aRow, b, bStep, p, from, fromRow, to, toRow);
    else if (height == 4) along4(a, aRow, b, bStep, p, from, fromRow, to, toRow);
    else if (height == 3) along3(a, aRow, b, bStep, p, from, fromRow, to, toRow);
    else if (height == 2) along2(a, aRow, b, bStep, p, from, fromRow, to, toRow);
    else along1(a, aRow, b, bStep, p, from, fromRow, to, toRow);
  }
}

function across6(
  a: usize, aStep: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  across(6, a, aStep, b, bStep, p, from, fromRow, to, toRow);
}

function across5(
  a: usize, aStep: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  across(5, a, aStep, b, bStep, p, from, fromRow, to, toRow);
}

function across4(
  a: usize, aStep: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  across(4, a, aStep, b, bStep, p, from, fromRow, to, toRow);
}

function across3(
  a: usize, aStep: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  across(3, a, aStep, b, bStep, p, from, fromRow, to, toRow);
}

function across2(
  a: usize, aStep: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  across(2, a, aStep, b, bStep, p, from, fromRow, to, toRow);
}

function across1(
  a: usize, aStep: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  across(1, a, aStep, b, bStep, p, from, fromRow, to, toRow);
}

function along6(
  a: usize, aRow: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  along(6, a, aRow, b, bStep, p, from, fromRow, to, toRow);
}

function along5(
  a: usize, aRow: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  along(5, a, aRow, b, bStep, p, from, fromRow, to, toRow);
}

function along4(
  a: usize, aRow: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  along(4, a, aRow, b, bStep, p, from, fromRow, to, toRow);
}

function along3(
  a: usize, aRow: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  along(3, a, aRow, b, bStep, p, from, fromRow, to, toRow);
}

function along2(
  a: usize, aRow: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  along(2, a, aRow, b, bStep, p, from, fromRow, to, toRow);
}

function along1(
  a: usize, aRow: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  along(1, a, aRow, b, bStep, p, from, fromRow, to, toRow);
}

/** A's rows are neighbours: a packed panel, or a transpose. */
// @ts-ignore: decorator
@inline
function across(
  height: i32,
  a: usize, aStep: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  let c00 = v128.load(from), c01 = v128.load(from, 16);
  if (height > 1) from += fromRow;
  let c10 = v128.load(from), c11 = v128.load(from, 16);
  if (height > 2) from += fromRow;
  let c20 = v128.load(from), c21 = v128.load(from, 16);
  if (height > 3) from += fromRow;
  let c30 = v128.load(from), c31 = v128.load(from, 16);
  if (height > 4) from += fromRow;
  let c40 = v128.load(from), c41 = v128.load(from, 16);
  if (height > 5) from += fromRow;
  let c50 = v128.load(from), c51 = v128.load(from, 16);
  for (let k = 0; k < p; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    if (height > 1) {
      const x1 = v128.load_splat<f32>(a, 4);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
    }
    if (height > 2) {
      const x2 = v128.load_splat<f32>(a, 8);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
    }
    if (height > 3) {
      const x3 = v128.load_splat<f32>(a, 12);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
    }
    if (height > 4) {
      const x4 = v128.load_splat<f32>(a, 16);
      c40 = madd(x4, b0, c40);
      c41 = madd(x4, b1, c41);
    }
    if (height > 5) {
      const x5 = v128.load_splat<f32>(a, 20);
      c50 = madd(x5, b0, c50);
      c51 = madd(x5, b1, c51);
    }
    a += aStep;
    b += bStep;
  }
  store2(to, c00, c01);
  if (height > 1) store2(to + toRow, c10, c11);
  if (height > 2) store2(to + 2 * toRow, c20, c21);
  if (height > 3) store2(to + 3 * toRow, c30, c31);
  if (height > 4) store2(to + 4 * toRow, c40, c41);
  if (height > 5) store2(to + 5 * toRow, c50, c51);
}

/** A's rows are contiguous along the inner index. */
// @ts-ignore: decorator
@inline
function along(
  height: i32,
  a: usize, aRow: usize, b: usize, bStep: usize, p: i32,
  from: usize, fromRow: usize, to: usize, toRow: usize,
): void {
  let c00 = v128.load(from), c01 = v128.load(from, 16);
  if (height > 1) from += fromRow;
  let c10 = v128.load(from), c11 = v128.load(from, 16);
  if (height > 2) from += fromRow;
  let c20 = v128.load(from), c21 = v128.load(from, 16);
  if (height > 3) from += fromRow;
  let c30 = v128.load(from), c31 = v128.load(from, 16);
  if (height > 4) from += fromRow;
  let c40 = v128.load(from), c41 = v128.load(from, 16);
  if (height > 5) from += fromRow;
  let c50 = v128.load(from), c51 = v128.load(from, 16);
  const a1 = aRow, a2 = 2 * aRow, a3 = 3 * aRow, a4 = 4 * aRow, a5 = 5 * aRow;
  for (let k = 0; k < p; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    if (height > 1) {
      const x1 = v128.load_splat<f32>(a + a1);
      c10 = madd(x1, b0, c10);
      c11 = madd(x1, b1, c11);
    }
    if (height > 2) {
      const x2 = v128.load_splat<f32>(a + a2);
      c20 = madd(x2, b0, c20);
      c21 = madd(x2, b1, c21);
    }
    if (height > 3) {
      const x3 = v128.load_splat<f32>(a + a3);
      c30 = madd(x3, b0, c30);
      c31 = madd(x3, b1, c31);
    }
    if (height > 4) {
      const x4 = v128.load_splat<f32>(a + a4);
      c40 = madd(x4, b0, c40);
      c41 = madd(x4, b1, c41);
    }
    if (height > 5) {
      const x5 = v128.load_splat<f32>(a + a5);
      c50 = madd(x5, b0, c50);
      c51 = madd(x5, b1, c51);
    }
    a += 4;
    b += bStep;
  }
  store2(to, c00, c01);
  if (height > 1) store2(to + toRow, c10, c11);
  if (height > 2) store2(to + 2 * toRow, c20, c21);
  if (height > 3) store2(to + 3 * toRow, c30, c31);
  if (height > 4) store2(to + 4 * toRow, c40, c41);
  if (height > 5) store2(to + 5 * toRow, c50, c51);
}

// @ts-ignore: decorator
@inline
function store2(to: usize, v0: v128, v1: v128): void {
  v128.store(to, v0);
  v128.store(to, v1, 16);
}
