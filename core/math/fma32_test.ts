import assert from "node:assert/strict";
import fc from "fast-check";
import { fma32 } from "./fma32.ts";

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

/** A finite binary32 number times 2¹⁴⁹. */
function toInteger(x: number): bigint {
  f32[0] = x;
  const exponent = (u32[0] >>> 23) & 0xff;
  const fraction = BigInt(u32[0] & 0x7fffff);
  const magnitude = exponent === 0 ? fraction : (fraction | 0x800000n) << BigInt(exponent - 1);
  return u32[0] >>> 31 ? -magnitude : magnitude;
}

/** n·2⁻²⁹⁸, n ≠ 0, rounded once to binary32, ties to even. */
function round(n: bigint): number {
  const negative = n < 0n;
  const magnitude = negative ? -n : n;
  const length = magnitude.toString(2).length;
  const shift = BigInt(Math.max(length - 24, 149)); // the last bit kept weighs 2^(shift - 298)
  let kept = magnitude >> shift;
  const rest = magnitude - (kept << shift);
  const half = 1n << (shift - 1n);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  const value = kept << (shift - 149n) >= 1n << 277n
    ? Infinity
    : Number(kept) * 2 ** (Number(shift) - 298);
  return negative ? -value : value;
}

/** fma by exact integers; finite operands. */
function exactly(a: number, b: number, c: number): number {
  const sum = toInteger(a) * toInteger(b) + (toInteger(c) << 149n);
  // An exact zero's sign is that of IEEE addition of two zeros, or +.
  if (sum === 0n) return a * b + c;
  return round(sum);
}

/** Any finite binary32 number, every bit pattern as likely as another. */
const anyBits = fc.integer({ min: 0, max: 0xffffffff }).map((bits) => {
  u32[0] = (bits >>> 23 & 0xff) === 0xff ? bits & 0xff7fffff : bits;
  return f32[0];
});
const subnormal = fc.integer({ min: -0x7fffff, max: 0x7fffff }).map((n) => n * 2 ** -149);
const small = fc.integer({ min: -4096, max: 4096 });
const operand = fc.oneof(anyBits, subnormal, small);

Deno.test("fma32() equals exact integer arithmetic on any operands", () => {
  fc.assert(
    fc.property(operand, operand, operand, (a, b, c) => {
      assert.ok(Object.is(fma32(a, b, c), exactly(a, b, c)), `fma(${a}, ${b}, ${c})`);
    }),
    { numRuns: 3000 },
  );
});

Deno.test("fma32() equals exact integer arithmetic where the sum almost cancels or ties", () => {
  fc.assert(
    fc.property(
      anyBits,
      anyBits,
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -80, max: 80 }),
      fc.boolean(),
      (a, b, steps, exponent, negative) => {
        f32[0] = a * b;
        if (!Number.isFinite(f32[0])) return;
        u32[0] += steps;
        const near = Number.isFinite(f32[0]) ? -f32[0] : 0;
        assert.ok(Object.is(fma32(a, b, near), exactly(a, b, near)), `fma(${a}, ${b}, ${near})`);
        // A far smaller or greater addend decides ties.
        const far = Math.fround((negative ? -1 : 1) * near * 2 ** exponent);
        if (!Number.isFinite(far)) return;
        assert.ok(Object.is(fma32(a, b, far), exactly(a, b, far)), `fma(${a}, ${b}, ${far})`);
      },
    ),
    { numRuns: 2000 },
  );
});

Deno.test("fma32() equals exact integer arithmetic next to ties", () => {
  for (let i = 1; i < 60; i += 2) {
    for (let quarters = -9; quarters <= 9; quarters++) {
      const [a, b, c] = [1 + i / 4096, 1 + 7 / 4096, quarters * 2 ** -54];
      assert.equal(fma32(a, b, c), exactly(a, b, c), `fma(${a}, ${b}, ${c})`);
    }
  }
});

Deno.test("fma32() rounds ties to even, and once", () => {
  const tiny = 2 ** -149;
  assert.equal(fma32(1 + 2 ** -12, 1 + 2 ** -12, 0), 1 + 2 ** -11); // 2^-24 is a tie: even
  assert.equal(fma32(1 + 2 ** -12, 1 + 2 ** -12, tiny), 1 + 2 ** -11 + 2 ** -23);
  assert.equal(fma32(1 + 2 ** -12, 1 + 2 ** -12, -tiny), 1 + 2 ** -11);
  assert.equal(fma32(tiny, 0.5, 0), 0);
  assert.equal(fma32(tiny, 0.5, tiny), 2 * tiny);
  assert.equal(fma32(2 ** 127, 2, -(2 ** 127)), 2 ** 127); // no overflow on the way
});

Deno.test("fma32() treats infinities and NaN as IEEE 754 does", () => {
  const values = [0, -0, 1, -1, 2 ** 127, Infinity, -Infinity, NaN];
  for (const a of values) {
    for (const b of values) {
      for (const c of values) {
        if ([a, b, c].every(Number.isFinite)) continue;
        assert.ok(Object.is(fma32(a, b, c), a * b + c), `fma(${a}, ${b}, ${c})`);
      }
    }
  }
});
