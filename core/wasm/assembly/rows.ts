import { loadPart, storePart } from "./part";
import { partFrom, partTo } from "./threads";

/** Copies rows of so many bytes. */
export function gather(source: usize, indices: usize, output: usize, n: i32, bytes: usize): void {
  const to = partTo(n, 1);
  for (let i = partFrom(n, 1); i < to; i++) {
    const from = source + <usize>load<i32>(indices + (<usize>i << 2)) * bytes;
    memory.copy(output + <usize>i * bytes, from, bytes);
  }
}

/** Column of each row's greatest value, the first among equals. */
export function argmax(x: usize, output: usize, n: i32, k: i32): void {
  const from = partFrom(n, 16), to = partTo(n, 16);
  x += <usize>from * <usize>k << 2;
  for (let i = from; i < to; i++) {
    let best = 0;
    let top = load<f32>(x);
    for (let j = 1; j < k; j++) {
      const value = load<f32>(x + (<usize>j << 2));
      if (value > top) {
        top = value;
        best = j;
      }
    }
    store<i32>(output + (<usize>i << 2), best);
    x += <usize>k << 2;
  }
}

/** Sum of each column. */
export function columnSums(x: usize, output: usize, n: i32, k: i32): void {
  const row = <usize>k << 2;
  const to = partTo(k, 16);
  for (let j = partFrom(k, 16); j < to; j += 4) {
    let sum = f32x4.splat(0);
    let from = x + (<usize>j << 2);
    for (let i = 0; i < n; i++) {
      sum = f32x4.add(sum, loadPart(from, k - j));
      from += row;
    }
    storePart(output + (<usize>j << 2), sum, k - j);
  }
}
