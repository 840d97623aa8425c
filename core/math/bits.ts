/**
 * The bits of binary64 numbers, for functions that are built from them.
 *
 * @module
 */
const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer); // little-endian on every machine that Deno runs on
const [LOW, HIGH] = [0, 1];

/** A number's upper 32 bits: sign, exponent, top of the significand. */
export function highWord(x: number): number {
  f64[0] = x;
  return u32[HIGH];
}

/** 2ⁿ for an integer n in [−1022, 1023]. */
export function powerOfTwo(n: number): number {
  u32[LOW] = 0;
  u32[HIGH] = (n + 1023) << 20;
  return f64[0];
}

/** x·2ⁿ for an integer n in [−2044, 2046], rounded once if the result is subnormal. */
export function scale(x: number, n: number): number {
  if (n > 1023) return x * powerOfTwo(1023) * powerOfTwo(n - 1023);
  if (n < -1022) return x * powerOfTwo(n + 1022) * powerOfTwo(-1022);
  return x * powerOfTwo(n);
}

/** The neighbour of a finite number ≠ 0: the next greater magnitude, or the next smaller. */
export function neighbour(x: number, greater: boolean): number {
  f64[0] = x;
  if (greater) {
    u32[LOW] += 1;
    if (u32[LOW] === 0) u32[HIGH] += 1;
  } else {
    if (u32[LOW] === 0) u32[HIGH] -= 1;
    u32[LOW] -= 1;
  }
  return f64[0];
}

/** Whether the last bit of a number's significand is 0. */
export function isEven(x: number): boolean {
  f64[0] = x;
  return (u32[LOW] & 1) === 0;
}

/** A positive finite number as significand·2^exponent, the significand in [√½, √2). */
export function split(x: number): { significand: number; exponent: number } {
  let exponent = 0;
  if (x < 2.2250738585072014e-308) { // subnormal
    x *= 18014398509481984; // 2^54
    exponent = -54;
  }
  f64[0] = x;
  exponent += (u32[HIGH] >>> 20) - 1023;
  u32[HIGH] = (u32[HIGH] & 0xfffff) | 0x3ff00000;
  if (f64[0] >= 1.4142135623730951) {
    u32[HIGH] -= 0x100000;
    exponent += 1;
  }
  return { significand: f64[0], exponent };
}
