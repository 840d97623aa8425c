import assert from "node:assert/strict";
import fc from "fast-check";
import { power } from "./power.ts";

Deno.test("power() is exact where the result is", () => {
  assert.equal(power(3, 20), 3486784401);
  assert.equal(power(-2, 31), -2147483648);
  assert.equal(power(0.5, 1000), 2 ** -1000);
  assert.equal(power(0, 0), 1);
});

Deno.test("power() stays within its bound", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.9, max: 1.1, noNaN: true }),
      fc.integer({ min: 1, max: 5000 }),
      (x, n) => {
        const expected = Math.pow(x, n);
        const error = Math.abs(power(x, n) - expected) / expected;
        assert.ok(error <= (n + 2) * 2 ** -52, `${x}^${n}: ${error}`);
      },
    ),
  );
});

Deno.test("power() refuses what is not a small integer", () => {
  for (const n of [-1, 0.5, 2 ** 31, NaN]) {
    assert.throws(() => power(2, n), {
      name: "RangeError",
      message:
        `Cannot raise to a power as n must be an integer from 0 to 2^31 - 1: current value is ${n}`,
    });
  }
});
