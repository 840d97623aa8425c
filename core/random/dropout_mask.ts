/** Which elements a dropout zeroes: the same in the forward and the backward pass of a step. */
export interface DropoutMask {
  kind: "dropout";
  /** Share of the elements that are dropped, in [0, 1). */
  rate: number;
  /** Key of a random stream; see `core/random/stream.ts`. */
  key: readonly [number, number];
  /** Which step of the training, in [0, 2³²). */
  step: number;
}

/**
 * A mask's numbers as kernels take them. Element e is kept if its word is at least the threshold:
 * word e mod 4 of Philox4x32-10 at counter `[⌊e/4⌋, step, 2, 0]` under the key; the third word keeps
 * it apart from what a stream of that key draws.
 *
 * @returns The threshold `⌊rate · 2³²⌋`, and 1/(1 − rate), by which what is kept is multiplied,
 * rounded to binary32.
 * @throws {RangeError} if a number is out of range.
 */
export function maskScalars(
  { rate, key, step }: DropoutMask,
): { threshold: number; scale: number } {
  const fail = (what: string, range: string, value: number): never => {
    throw new RangeError(
      `Cannot compute dropout as its ${what} must be ${range}: current value is ${value}`,
    );
  };
  if (!(rate >= 0 && rate < 1)) fail("rate", "in [0, 1)", rate);
  for (const word of [...key, step]) {
    if (!Number.isInteger(word) || word < 0 || word > 0xffffffff) {
      fail("key and step", "integers in [0, 2^32)", word);
    }
  }
  return { threshold: Math.floor(rate * 0x100000000), scale: Math.fround(1 / (1 - rate)) };
}
