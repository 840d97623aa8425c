import assert from "node:assert/strict";
import { drawNumber, type NumberRange } from "./draw_number.ts";
import { stream } from "./stream.ts";

const draws = (range: NumberRange, n = 4000) => {
  const random = stream(1, "test");
  return Array.from({ length: n }, () => drawNumber(random, range));
};

Deno.test("numbers stay in their range, rounded", () => {
  for (const scale of ["uniform", "log"] as const) {
    const range = { scale, low: 0.012345, high: 0.9876543, digits: 2 };
    for (const value of draws(range)) {
      assert.ok(value >= range.low && value <= range.high, String(value));
      const isEnd = value === range.low || value === range.high;
      assert.ok(isEnd || Number(value.toPrecision(2)) === value, String(value));
    }
  }
});

Deno.test("each scale is even on its own axis", () => {
  const share = (values: number[], below: number) =>
    values.filter((value) => value < below).length / values.length;
  const uniform = draws({ scale: "uniform", low: 0, high: 1, digits: 15 });
  const log = draws({ scale: "log", low: 1e-4, high: 1, digits: 15 });
  // Four standard deviations of a share of 4,000 draws.
  const near = (found: number, exact: number) => assert.ok(Math.abs(found - exact) < 0.032);
  near(share(uniform, 0.25), 0.25);
  near(share(uniform, 0.5), 0.5);
  near(share(log, 1e-3), 0.25);
  near(share(log, 1e-2), 0.5);
});

Deno.test("integers reach both ends, and nothing between", () => {
  const values = draws({ scale: "integer", low: -1, high: 2, digits: 3 });
  assert.deepEqual([...new Set(values)].sort((a, b) => a - b), [-1, 0, 1, 2]);
});

Deno.test("a range out of order, or not of its scale, is refused", () => {
  const refuses = (range: Omit<NumberRange, "digits">, says: RegExp) =>
    assert.throws(() => drawNumber(stream(1, "test"), { ...range, digits: 3 }), says);
  refuses({ scale: "uniform", low: 1, high: 1 }, /the least first: current range is \[1, 1\]/);
  refuses({ scale: "uniform", low: NaN, high: 1 }, /two numbers/);
  refuses({ scale: "log", low: 0, high: 1 }, /two positive numbers.*\[0, 1\]/);
  refuses({ scale: "integer", low: 0.5, high: 2 }, /two integers/);
});
