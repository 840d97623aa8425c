/**
 * Threads: each has an instance of this module, all on one memory. Every thread runs the same
 * kernels with the same arguments and computes its own part: some of the rows, columns or elements,
 * never part of a sum. After each kernel they wait for each other.
 *
 * They meet at a block of memory, its words on cache lines of their own: the number of the present
 * program, how many threads have come to the barrier, how many barriers were passed, how many threads
 * sleep there; then the program, as `run` takes it, and how far apart the threads' copies of it are.
 */

/** Where a thread finds the number of the present program. */
export const PROGRAM: usize = 0;
const ARRIVED: usize = 64;
const PASSED: usize = 128;
const ASLEEP: usize = 192;
/** Where it finds what `run` takes. */
export const ARGUMENTS: usize = 256;
/** Bytes of the block. */
export const meetingBytes: i32 = 320;

/** Looks at a word before a thread goes to sleep: about as long as sleep and waking take. */
export const SPINS: i32 = 20000;

/** This thread's number, from 0. */
let thread: i32 = 0;
/** How many threads there are. */
let threads: i32 = 1;
/** Where all meet. */
export let meeting: usize = 0;

/** Says which thread this instance is from now on, and where all meet. */
export function join(number: i32, count: i32, at: usize): void {
  thread = number;
  threads = count;
  meeting = at;
}

/** Waits until every thread is here. */
export function barrier(): void {
  if (threads == 1) return;
  const passed = atomic.load<i32>(meeting + PASSED);
  if (atomic.add<i32>(meeting + ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(meeting + ARRIVED, 0);
    atomic.store<i32>(meeting + PASSED, passed + 1);
    if (atomic.load<i32>(meeting + ASLEEP) > 0) atomic.notify(meeting + PASSED, threads);
    return;
  }
  for (let i = 0; i < SPINS; i++) {
    if (atomic.load<i32>(meeting + PASSED) != passed) return;
  }
  atomic.add<i32>(meeting + ASLEEP, 1);
  while (atomic.load<i32>(meeting + PASSED) == passed) {
    atomic.wait<i32>(meeting + PASSED, passed, -1);
  }
  atomic.sub<i32>(meeting + ASLEEP, 1);
}

/** This thread's own share of a block that has one of so many bytes for each. */
// @ts-ignore: decorator
@inline
export function own(block: usize, bytes: usize): usize {
  return block + <usize>thread * bytes;
}

/** How many threads share the work. */
// @ts-ignore: decorator
@inline
export function parts(): i32 {
  return threads;
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
  if (threads == 1) return number == 0 ? 0 : n;
  const units = (n + unit - 1) / unit;
  return min(n, <i32>(<i64>units * number / threads) * unit);
}
