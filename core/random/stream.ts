import { cos } from "../math/cos.ts";
import { log } from "../math/log.ts";
import { philox, type Words } from "./philox.ts";
import { hashPurpose, type Purpose } from "./purpose.ts";

/** A stream of random numbers, the same on every machine. */
export interface Random {
  /** The 64-bit key, least significant word first; a kernel draws the same numbers by it. */
  readonly key: readonly [number, number];
  /** Uniform integer in [0, 2³²). */
  uint32(): number;
  /** Uniform multiple of 2⁻²⁴ in [0, 1); exact as binary32. */
  float32(): number;
  /** Uniform multiple of 2⁻⁵³ in [0, 1). Takes two words. */
  float64(): number;
  /**
   * Uniform integer in [0, n), without bias (by rejection).
   *
   * @throws {RangeError} unless n is an integer in [1, 2³²].
   */
  integer(n: number): number;
  /** Standard normal number, by Box and Muller (1958). Takes four words. */
  normal(): number;
  /** Puts the elements in a uniformly random order, in place (Fisher & Yates, last to first). */
  shuffle<T extends { length: number; [index: number]: unknown }>(elements: T): T;
  /** 0 … n−1 in a uniformly random order. */
  permutation(n: number): Int32Array<ArrayBuffer>;
  /** Word number `index` of this stream, wherever the stream stands. */
  at(index: number): number;
  /**
   * An independent stream for one image, epoch or resample, from its beginning: it depends on this
   * stream's key and `index` alone, not on what was drawn.
   *
   * @throws {RangeError} unless the index is an integer in [0, 2⁵³).
   */
  sub(index: number): Random;
}

function words(value: number, what: string): [number, number] {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(
      `Cannot use ${what} as it must be an integer from 0 to 2^53 - 1: current value is ${value}`,
    );
  }
  return [value >>> 0, Math.floor(value / 0x100000000)];
}

/**
 * The random stream of a seed and a purpose.
 *
 * Word `4b + w` of a stream is word `w` of Philox4x32-10 at counter `b` under the stream's key. The
 * key of `stream(seed, purpose)` is the first two words of Philox at counter `[hash(purpose), 0, 0]`
 * under the seed as key; that of `.sub(i)` the first two words at counter `[i, 1, 0]` under the
 * parent's key, with `1` in the third word, which no stream's own counter reaches.
 *
 * @param seed Integer in [0, 2⁵³).
 * @throws {RangeError} if the seed is not such an integer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const random = stream(1, "shuffle");
 * const first = random.sub(0).permutation(5); // The order of epoch 0.
 * random.float32();
 * assert.deepEqual(random.sub(0).permutation(5), first); // Whatever was drawn before.
 * ```
 */
export function stream(seed: number, purpose: Purpose): Random {
  const [low, high] = hashPurpose(purpose);
  const [k0, k1] = philox([low, high, 0, 0], words(seed, "seed"));
  return new PhiloxStream(k0, k1);
}

class PhiloxStream implements Random {
  readonly key: readonly [number, number];
  #block: Words = [0, 0, 0, 0];
  #position = 0;

  constructor(k0: number, k1: number) {
    this.key = [k0, k1];
  }

  at(index: number): number {
    const [low, high] = words(Math.floor(index / 4), "index");
    return philox([low, high, 0, 0], this.key)[index % 4];
  }

  sub(index: number): Random {
    const [low, high] = words(index, "index");
    const [k0, k1] = philox([low, high, 1, 0], this.key);
    return new PhiloxStream(k0, k1);
  }

  uint32(): number {
    const word = this.#position % 4;
    if (word === 0) {
      const [low, high] = words(this.#position / 4, "position");
      this.#block = philox([low, high, 0, 0], this.key);
    }
    this.#position++;
    return this.#block[word];
  }

  float32(): number {
    return (this.uint32() >>> 8) / 0x1000000;
  }

  float64(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 0x100000000) {
      throw new RangeError(
        `Cannot draw an integer below n as n must be an integer from 1 to 2^32: current value is ${n}`,
      );
    }
    const limit = 0x100000000 - 0x100000000 % n;
    let word = this.uint32();
    while (word >= limit) word = this.uint32();
    return word % n;
  }

  normal(): number {
    const radius = 1 - this.float64(); // in (0, 1], so that its logarithm is finite
    const angle = this.float64();
    return Math.sqrt(-2 * log(radius)) * cos(6.283185307179586 * angle);
  }

  shuffle<T extends { length: number; [index: number]: unknown }>(elements: T): T {
    for (let i = elements.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = elements[i];
      elements[i] = elements[j];
      elements[j] = kept;
    }
    return elements;
  }

  permutation(n: number): Int32Array<ArrayBuffer> {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    return this.shuffle(order);
  }
}
