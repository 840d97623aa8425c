import assert from "node:assert/strict";
import fc from "fast-check";
import { apportion } from "./apportion.ts";

const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 })
  .filter((all) => all.some((weight) => weight > 1e-6));

Deno.test("shares sum to the total, each within one of its exact part", () => {
  fc.assert(fc.property(fc.nat(100_000), weights, (total, weights) => {
    const shares = apportion(total, weights);
    assert.equal(shares.reduce((sum, share) => sum + share, 0), total);
    const sum = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, share] of shares.entries()) {
      assert.ok(Math.abs(share - total * weights[i]! / sum) < 1 + 1e-9);
    }
  }));
});

Deno.test("of equal remainders the first is rounded up", () => {
  assert.deepEqual(apportion(3, [1, 1]), [2, 1]);
  assert.deepEqual(apportion(0, [1, 1]), [0, 0]);
  assert.deepEqual(apportion(5, [0, 1]), [0, 5]);
});

Deno.test("what cannot be shared out is refused", () => {
  assert.throws(() => apportion(1.5, [1]), /integer from 0: current value is 1\.5/);
  assert.throws(() => apportion(1, [0, 0]), /not all 0: current value is \[0,0\]/);
  assert.throws(() => apportion(1, [2, -1]), /weights must be from 0/);
  assert.throws(() => apportion(1, [NaN]), /weights must be from 0/);
});
