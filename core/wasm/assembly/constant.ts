/**
 * Constants of vectors, read from memory: V8 makes a constant of instructions wherever it is used,
 * in each round of a loop, and takes longer for it than for the arithmetic. Each thread's instance
 * writes them anew to the first page, where nothing else lies.
 */

/** Four times the number at a place of a table. */
// @ts-ignore: decorator
@inline
export function constant(table: usize, place: usize = 0): v128 {
  return v128.load32_splat(table + (place << 2));
}
