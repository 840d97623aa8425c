import { run } from "./program";
import { ARGUMENTS, barrier, meeting, own, parts, PROGRAM, SPINS } from "./threads";

/** How long an idle thread sleeps before it goes back to JavaScript, in nanoseconds. */
const IDLE: i64 = 20_000_000;

/** Starts the program that lies at the meeting, runs this thread's part, and waits for the others. */
export function start(): void {
  if (parts() > 1) {
    atomic.add<i32>(meeting + PROGRAM, 1);
    atomic.notify(meeting + PROGRAM, parts());
  }
  runPart();
}

/**
 * Runs this thread's part of the next program, if one comes soon.
 *
 * @param last The number of the last program that it ran.
 * @returns The number of the program that it ran, or `last` again.
 */
export function serve(last: i32): i32 {
  for (let i = 0; i < SPINS && atomic.load<i32>(meeting + PROGRAM) == last; i++) {}
  if (atomic.load<i32>(meeting + PROGRAM) == last) {
    atomic.wait<i32>(meeting + PROGRAM, last, IDLE);
  }
  if (atomic.load<i32>(meeting + PROGRAM) == last) return last;
  runPart();
  return last + 1;
}

function runPart(): void {
  const from = meeting + ARGUMENTS;
  const copy = load<usize>(from);
  run(
    own(load<usize>(from, 4), copy),
    own(load<usize>(from, 8), copy), load<i32>(from, 12),
    own(load<usize>(from, 16), copy), load<i32>(from, 20),
    load<usize>(from, 24), load<i32>(from, 28),
  );
  // Nobody looks at the program any more: its memory may be another's.
  barrier();
}
