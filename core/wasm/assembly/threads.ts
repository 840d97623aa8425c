/**
 * Which thread this is, of how many. Every thread runs the same kernels with the same arguments on
 * one memory and computes its own part: some of the rows, columns or elements, never part of a sum.
 */

/** This thread's number, from 0. */
let thread: i32 = 0;
/** How many threads there are. */
let threads: i32 = 1;

/** Says which thread this instance is from now on. */
export function setThread(number: i32, count: i32): void {
  thread = number;
  threads = count;
}

/** Where this thread's part of n things begins: a multiple of `unit`, or n. */
// @ts-ignore: decorator
@inline
export function partFrom(n: i32, unit: i32): i32 {
  return part(n, unit, thread);
}

/** Where it ends, exclusive. */
// @ts-ignore: decorator
@inline
export function partTo(n: i32, unit: i32): i32 {
  return part(n, unit, thread + 1);
}

function part(n: i32, unit: i32, number: i32): i32 {
  const units = (n + unit - 1) / unit;
  return min(n, <i32>(<i64>units * number / threads) * unit);
}
