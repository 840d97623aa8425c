import assert from "node:assert/strict";
import fixture from "./testdata/elementary.json" with { type: "json" };
import { atan2 } from "./atan2.ts";
import { cos } from "./cos.ts";
import { erf32 } from "./erf32.ts";
import { exp } from "./exp.ts";
import { exp32, EXP32_GREATEST, EXP32_LEAST } from "./exp32.ts";
import { log } from "./log.ts";
import { log32 } from "./log32.ts";
import { sin } from "./sin.ts";
import { tanh32 } from "./tanh32.ts";

/** The unit in the last place at a value, for so many bits of significand and least exponent. */
function ulp(value: number, bits: number, least: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), least);
  return 2 ** (exponent - bits + 1);
}

const FUNCTIONS: Record<
  keyof typeof fixture.functions,
  { call: (...x: number[]) => number; bound: number; bits: number }
> = {
  exp: { call: exp, bound: 1, bits: 53 },
  log: { call: log, bound: 1, bits: 53 },
  sin: { call: sin, bound: 1, bits: 53 },
  cos: { call: cos, bound: 1, bits: 53 },
  atan2: { call: atan2, bound: 2, bits: 53 },
  exp32: { call: (x) => exp32(x), bound: 1, bits: 24 },
  log32: { call: (x) => log32(x), bound: 1, bits: 24 },
  tanh32: { call: (x) => tanh32(x), bound: 2, bits: 24 },
  erf32: { call: (x) => erf32(x), bound: 2, bits: 24 },
};

for (const [name, rows] of Object.entries(fixture.functions)) {
  const { call, bound, bits } = FUNCTIONS[name as keyof typeof FUNCTIONS];
  Deno.test(`${name}() is within ${bound} ULP of the exact value`, () => {
    assert.ok(rows.length >= 50);
    for (const row of rows) {
      const [high, low] = row.slice(-2);
      const unit = ulp(high, bits, bits === 53 ? -1022 : -126);
      const error = Math.abs((call(...row.slice(0, -2)) - high) - low) / unit;
      assert.ok(error < bound, `${name}(${row.slice(0, -2)}): ${error} ULP`);
    }
  });
}

Deno.test("elementary functions treat zeros, infinities and NaN as IEEE 754 does", () => {
  assert.equal(exp(0), 1);
  assert.equal(exp(-Infinity), 0);
  assert.equal(exp(Infinity), Infinity);
  assert.equal(exp(709.782712893384) < Infinity, true);
  assert.equal(exp(709.7827128933841), Infinity);
  assert.equal(exp(-745), 5e-324);
  assert.equal(exp(-745.1332191019413), 0);
  assert.equal(log(1), 0);
  assert.equal(log(-0), -Infinity);
  assert.equal(log(Infinity), Infinity);
  assert.ok(Object.is(sin(-0), -0));
  assert.equal(cos(0), 1);
  for (const call of [exp, log, sin, cos, exp32, log32, tanh32, erf32]) {
    assert.ok(Number.isNaN(call(NaN)));
  }
  for (const call of [log, log32]) assert.ok(Number.isNaN(call(-1)));
  for (const call of [sin, cos]) assert.ok(Number.isNaN(call(Infinity)));
  assert.equal(log32(0), -Infinity);
  assert.equal(log32(Infinity), Infinity);
  assert.equal(log32(1), 0);
  for (const y of [0, -0, 1, -1, Infinity, -Infinity, NaN]) {
    for (const x of [0, -0, 1, -1, Infinity, -Infinity, NaN]) {
      assert.ok(Object.is(atan2(y, x), Math.atan2(y, x)), `atan2(${y}, ${x})`);
    }
  }
});

Deno.test("sin() and cos() refuse angles that they cannot reduce", () => {
  assert.throws(() => sin(1048577), {
    name: "RangeError",
    message:
      "Cannot reduce an angle as its magnitude must be at most 2^20 radians: current value is 1048577",
  });
});

Deno.test("exp32() has no subnormal result", () => {
  assert.equal(exp32(0), 1);
  const least = exp32(EXP32_LEAST);
  assert.ok(least >= 2 ** -126 && least < 2 ** -126 * 1.00001);
  const next = new Float32Array([EXP32_LEAST, EXP32_GREATEST]);
  new Int32Array(next.buffer)[0] += 1; // more negative
  new Int32Array(next.buffer)[1] += 1;
  assert.equal(exp32(next[0]), 0);
  assert.ok(exp32(EXP32_GREATEST) < Infinity);
  assert.equal(exp32(next[1]), Infinity);
});

Deno.test("tanh32() and erf32() are odd, exact at zero and one from afar", () => {
  for (const call of [tanh32, erf32]) {
    assert.ok(Object.is(call(0), 0) && Object.is(call(-0), -0));
    for (const x of [1e-30, 0.3, 0.625, 0.7, 0.875, 1, 3]) assert.equal(call(-x), -call(x));
    for (const x of [20, 1e10, Infinity]) assert.deepEqual([call(x), call(-x)], [1, -1]);
  }
});
