/**
 * Operations on whole rows and columns.
 *
 * @module
 */

/** Copies rows of `width` elements, as bits. */
export function gather(
  source: Int32Array,
  indices: Int32Array,
  output: Int32Array,
  width: number,
): void {
  for (let i = 0; i < indices.length; i++) {
    for (let j = 0; j < width; j++) output[i * width + j] = source[indices[i] * width + j];
  }
}

/** Column of each row's greatest value, the first among equals. */
export function argmax(x: Float32Array, output: Int32Array, n: number, k: number): void {
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let j = 1; j < k; j++) if (x[i * k + j] > x[i * k + best]) best = j;
    output[i] = best;
  }
}

/** Sum of each column. */
export function columnSums(x: Float32Array, output: Float32Array, n: number, k: number): void {
  for (let j = 0; j < k; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum = Math.fround(sum + x[i * k + j]);
    output[j] = sum;
  }
}
