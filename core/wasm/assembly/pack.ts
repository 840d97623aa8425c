import { loadPart } from "./part";
import { HEIGHT, WIDTH } from "./tile";

/** Copies of parts of a matrix in the order in which a tile's loop reads them. */

/** Two panels [p, 8], one after the other, of `count` columns, as {@linkcode packColumns} does. */
export function packPanels(
  from: usize, column: usize, step: usize,
  to: usize, panelBytes: usize, p: i32, count: i32,
): void {
  if (column == 4 && count == 2 * WIDTH) {
    for (let k = 0; k < p; k++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      v128.store(to + panelBytes, v128.load(from, 32));
      v128.store(to + panelBytes, v128.load(from, 48), 16);
      from += step;
      to += WIDTH << 2;
    }
  } else {
    packColumns(from, column, step, to, p, min(WIDTH, count));
    if (count > WIDTH) {
      packColumns(from + WIDTH * column, column, step, to + panelBytes, p, count - WIDTH);
    }
  }
}

/**
 * A panel [p, 8] of `count` columns, zeros in those that are left.
 *
 * @param column Bytes from one column to the next; 4, or else `step` is 4.
 * @param step Bytes from one step of the inner index to the next.
 */
function packColumns(
  from: usize, column: usize, step: usize,
  to: usize, p: i32, count: i32,
): void {
  if (column == 4) {
    if (count >= WIDTH) {
      for (let k = 0; k < p; k++) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        from += step;
        to += WIDTH << 2;
      }
    } else {
      for (let k = 0; k < p; k++) {
        v128.store(to, loadPart(from, count));
        v128.store(to, count > 4 ? loadPart(from + 16, count - 4) : f32x4.splat(0), 16);
        from += step;
        to += WIDTH << 2;
      }
    }
  } else {
    const whole = count == WIDTH ? p & -4 : 0;
    if (whole > 0) transposeEight(from, column, to, whole);
    from += <usize>whole << 2;
    to += <usize>(whole * WIDTH) << 2;
    transposeFour(from, column, to, WIDTH << 2, p - whole, count);
    transposeFour(from + 4 * column, column, to + 16, WIDTH << 2, p - whole, count - 4);
  }
}

/**
 * A panel [p, 6] of `count` rows; what lies in those that are left is not used.
 *
 * @param row Bytes from one row to the next; 4, or else `step` is 4.
 */
export function packRows(
  from: usize, row: usize, step: usize,
  to: usize, p: i32, count: i32,
): void {
  if (row == 4) {
    if (count == HEIGHT) {
      for (let k = 0; k < p; k++) {
        v128.store(to, v128.load(from));
        store<i64>(to, load<i64>(from, 16), 16);
        from += step;
        to += HEIGHT << 2;
      }
      return;
    }
    for (let k = 0; k < p; k++) {
      for (let i = 0; i < count; i++) {
        store<f32>(to + (<usize>i << 2), load<f32>(from + (<usize>i << 2)));
      }
      from += step;
      to += HEIGHT << 2;
    }
  } else {
    transposeFour(from, row, to, HEIGHT << 2, p, count);
    from += 4 * row;
    to += 16;
    for (let i = 4; i < count; i++) {
      let x = from, y = to;
      for (let k = 0; k < p; k++) {
        store<f32>(y, load<f32>(x));
        x += 4;
        y += HEIGHT << 2;
      }
      from += row;
      to += 4;
    }
  }
}

/** Eight columns of p from eight rows of p, a multiple of four. */
function transposeEight(from: usize, row: usize, to: usize, p: i32): void {
  let other = from + 4 * row;
  const row2 = 2 * row, row3 = 3 * row;
  for (let k = 0; k < p; k += 4) {
    transpose(from, row, row2, row3, to);
    transpose(other, row, row2, row3, to + 16);
    from += 16;
    other += 16;
    to += WIDTH << 4;
  }
}

/** A square of four by four to rows of a panel [p, 8]. */
// @ts-ignore: decorator
@inline
function transpose(from: usize, row: usize, row2: usize, row3: usize, to: usize): void {
  const v0 = v128.load(from), v1 = v128.load(from + row);
  const v2 = v128.load(from + row2), v3 = v128.load(from + row3);
  const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
}

/** Four columns of p from `count` rows of p; zeros in the columns that are left. */
function transposeFour(
  from: usize, row: usize,
  to: usize, step: usize,
  p: i32, count: i32,
): void {
  let k = 0;
  if (count >= 4) {
    const r1 = from + row, r2 = r1 + row, r3 = r2 + row;
    for (; k + 4 <= p; k += 4) {
      const at = <usize>k << 2;
      const v0 = v128.load(from + at), v1 = v128.load(r1 + at);
      const v2 = v128.load(r2 + at), v3 = v128.load(r3 + at);
      const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      v128.store(to + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
      v128.store(to + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
      to += 4 * step;
    }
  }
  for (; k < p; k++) {
    v128.store(to, column(from + (<usize>k << 2), row, count));
    to += step;
  }
}

/** One float of each of `count` rows; zeros in the lanes that are left. */
function column(from: usize, row: usize, count: i32): v128 {
  let value = f32x4.splat(0);
  if (count > 0) value = v128.load_lane<f32>(from, value, 0);
  if (count > 1) value = v128.load_lane<f32>(from + row, value, 1);
  if (count > 2) value = v128.load_lane<f32>(from + 2 * row, value, 2);
  if (count > 3) value = v128.load_lane<f32>(from + 3 * row, value, 3);
  return value;
}
