/**
 * Arrays for tests, and their comparison.
 *
 * @module
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../random/stream.ts";

/** Which values an array holds: everyday ones, or any that binary32 has. */
export type Kind = "ordinary" | "finite" | "wild";

const SPECIAL = [
  0,
  -0,
  1,
  -1,
  1.401298464324817e-45, // the least subnormal
  -1.1754942106924411e-38, // the greatest subnormal
  1.1754943508222875e-38,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  1.0000001192092896,
];

/** So many values, the same for the same seed. */
export function floats(seed: number, size: number, kind: Kind): Float32Array<ArrayBuffer> {
  const random = stream(seed, "test");
  const special = kind === "wild" ? [...SPECIAL, Infinity, -Infinity, NaN] : SPECIAL;
  const data = new Float32Array(size);
  const bits = new Uint32Array(data.buffer);
  for (let i = 0; i < size; i++) {
    const way = kind === "ordinary" ? 0 : random.integer(kind === "wild" ? 24 : 8);
    if (way === 1) data[i] = special[random.integer(special.length)];
    else if (way === 2) bits[i] = random.uint32() & 0x807fffff; // subnormal
    else if (way === 3) {
      const any = random.uint32();
      bits[i] = (any >>> 23 & 0xff) === 0xff ? any & 0xff7fffff : any;
    } else data[i] = random.normal();
  }
  return data;
}

/** So many integers in [0, below). */
export function integers(seed: number, size: number, below: number): Int32Array<ArrayBuffer> {
  const random = stream(seed, "test");
  return new Int32Array(size).map(() => random.integer(below));
}

/** Fails at the first element whose bits differ. */
export function assertSameBits(actual: Float32Array, expected: Float32Array, what: string): void {
  assert.equal(actual.length, expected.length, what);
  const a = new Uint32Array(actual.buffer, actual.byteOffset, actual.length);
  const b = new Uint32Array(expected.buffer, expected.byteOffset, expected.length);
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) {
      assert.fail(
        `${what}[${i}] is ${actual[i]} (0x${a[i].toString(16)}), expected ${expected[i]} (0x${
          b[i].toString(16)
        })`,
      );
    }
  }
}

/** How far a number may be from the expected one: the sum of both. */
export interface Tolerance {
  absolute: number;
  /** Share of the expected number. */
  relative: number;
}

/** Fails at the first element that is too far; a NaN agrees with a NaN alone. */
export function assertClose(
  actual: Float32Array,
  expected: Float32Array,
  { absolute, relative }: Tolerance,
  what: string,
): void {
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < actual.length; i++) {
    const [a, b] = [actual[i], expected[i]];
    const near = Math.abs(a - b) <= absolute + relative * Math.abs(b);
    if (!near && !Object.is(a, b)) assert.fail(`${what}[${i}] is ${a}, expected about ${b}`);
  }
}

/** An axis: none, one, primes, multiples of the vectors' and tiles' widths and their neighbours. */
export const axis: fc.Arbitrary<number> = fc.constantFrom(
  ...[0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 23, 31, 33],
);

/** An axis that is not empty. */
export const filledAxis: fc.Arbitrary<number> = axis.filter((size) => size > 0);

/** What an array holds, and from which seed. */
export const content: fc.Arbitrary<{ seed: number; kind: Kind }> = fc.record({
  seed: fc.nat(1e9),
  kind: fc.constantFrom<Kind>("ordinary", "finite", "wild"),
});
