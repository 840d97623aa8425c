import { loadPart, storePart } from "./part";

/** Copies rows of so many bytes. */
export function gather(source: usize, indices: usize, output: usize, n: i32, bytes: usize): void {
  for (let i = 0; i < n; i++) {
    memory.copy(output, source + <usize>load<i32>(indices) * bytes, bytes);
    output += bytes;
    indices += 4;
  }
}

/** Column of each row's greatest value, the first among equals. */
export function argmax(x: usize, output: usize, n: i32, k: i32): void {
  for (let i = 0; i < n; i++) {
    let best = 0;
    let top = load<f32>(x);
    for (let j = 1; j < k; j++) {
      const value = load<f32>(x + (<usize>j << 2));
      if (value > top) {
        top = value;
        best = j;
      }
    }
    store<i32>(output, best);
    output += 4;
    x += <usize>k << 2;
  }
}

/** Sum of each column. */
export function columnSums(x: usize, output: usize, n: i32, k: i32): void {
  const row = <usize>k << 2;
  for (let j = 0; j < k; j += 4) {
    let sum = f32x4.splat(0);
    let from = x + (<usize>j << 2);
    for (let i = 0; i < n; i++) {
      sum = f32x4.add(sum, loadPart(from, k - j));
      from += row;
    }
    storePart(output + (<usize>j << 2), sum, k - j);
  }
}
