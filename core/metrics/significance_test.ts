import assert from "node:assert/strict";
import fc from "fast-check";
import { combinePValues } from "./combine_p_values.ts";
import {
  differenceAtPower,
  leastDisagreements,
  leastSignificantSplit,
} from "./detectable_difference.ts";
import { holm } from "./holm.ts";
import { mcnemar } from "./mcnemar.ts";
import { signFlipTest } from "./sign_flip.ts";
import { median, standardDeviation } from "./spread.ts";

/** The test's definition in exact integers. */
function exactMcNemar(b: number, c: number): number {
  const n = BigInt(b + c);
  let sum = 0n;
  let term = 1n;
  for (let i = 0n; i <= BigInt(Math.min(b, c)); i++) {
    sum += term;
    term = term * (n - i) / (i + 1n);
  }
  // 128 bits of the quotient are more than binary64 keeps.
  return Math.min(1, Number((2n * sum << 128n) / 2n ** n) / 2 ** 128);
}

Deno.test("mcnemar() is the sum of binomial terms", () => {
  const count = fc.nat({ max: 60 });
  fc.assert(fc.property(count, count, (b, c) => {
    const exact = exactMcNemar(b, c);
    assert.ok(Math.abs(mcnemar(b, c) - exact) <= 1e-13 * exact, `${b} against ${c}`);
    assert.equal(mcnemar(b, c), mcnemar(c, b));
  }));
  for (const [b, c] of [[2100, 1900], [3000, 3100], [1500, 1502]]) {
    const exact = exactMcNemar(b, c);
    assert.ok(Math.abs(mcnemar(b, c) - exact) <= 1e-10 * exact, `${b} against ${c}`);
  }
});

Deno.test("mcnemar() neither overflows nor loses p with a million disagreements", () => {
  // The normal approximation with continuity correction: z = (2400 − 1)/1000, p = 0.01644.
  assert.ok(Math.abs(mcnemar(501_200, 498_800) - 0.01644) < 2e-5);
  assert.equal(mcnemar(0, 3000), 0);
  assert.throws(() => mcnemar(-1, 2), /counts must be integers from 0 up: current value is -1/);
});

Deno.test("holm() rejects what stepping down by hand rejects", () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
  const level = fc.constantFrom(0.01, 0.05, 0.1);
  fc.assert(fc.property(pValues, level, (given, alpha) => {
    const rejected = new Set<number>();
    const order = given.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
    for (const [step, { p, i }] of order.entries()) {
      if ((given.length - step) * p > alpha) break;
      rejected.add(i);
    }
    holm(given).forEach((p, i) => assert.equal(p <= alpha, rejected.has(i)));
  }));
  assert.deepEqual(holm([0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
  assert.throws(() => holm([0.5, 1.5]), /each must be in \[0, 1\]: current value is 1.5/);
});

Deno.test("combinePValues() keeps one p, doubles the median of several", () => {
  assert.equal(combinePValues([0.03]), 0.03);
  assert.equal(combinePValues([0.01, 0.2, 0.02]), 0.04);
  assert.equal(combinePValues([0.75, 0.25]), 1);
  assert.throws(() => combinePValues([]), /there is none/);
});

Deno.test("signFlipTest() has the symmetries of its definition", () => {
  const differences = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(differences, (own) => {
    const { different, greater, less } = signFlipTest(own);
    const mirrored = signFlipTest(own.map((d) => -d));
    assert.deepEqual([mirrored.greater, mirrored.less], [less, greater]);
    assert.equal(different, Math.min(1, 2 * Math.min(greater, less)));
    assert.deepEqual(signFlipTest(own.map((d) => d * 0.1)), { different, greater, less });
  }));
  assert.throws(() => signFlipTest([]), /there must be 1 to 20 finite differences/);
  assert.throws(() => signFlipTest([NaN]), /finite/);
});

Deno.test("leastSignificantSplit() is the first split that is significant", () => {
  for (const level of [0.05, 0.01, 0.025]) {
    for (let d = 0; d <= 60; d++) {
      let expected: number | null = null;
      for (let split = d % 2; split <= d && expected === null; split += 2) {
        if (mcnemar((d - split) / 2, (d + split) / 2) <= level) expected = split;
      }
      assert.equal(leastSignificantSplit(d, level), expected, `${d} at ${level}`);
    }
    const least = leastDisagreements(level);
    assert.equal(leastSignificantSplit(least, level), least);
    assert.equal(leastSignificantSplit(least - 1, level), null);
  }
});

Deno.test("differenceAtPower() solves its formula, and asks for more with fewer samples", () => {
  const options = { discordance: 0.1, level: 0.05, power: 0.8 };
  const delta = differenceAtPower({ ...options, samples: 300 })!;
  const z = 1.959963984540054 * Math.sqrt(0.1) + 0.8416212335729143 * Math.sqrt(0.1 - delta ** 2);
  assert.ok(Math.abs(300 * delta ** 2 - z ** 2) < 1e-8);
  assert.ok(differenceAtPower({ ...options, samples: 100 })! > delta);
  assert.ok(differenceAtPower({ ...options, samples: 300, power: 0.9 })! > delta);
  assert.equal(differenceAtPower({ ...options, samples: 5 }), null);
  assert.equal(differenceAtPower({ ...options, samples: 300, discordance: 0 }), null);
  assert.throws(() => differenceAtPower({ ...options, samples: 0 }), /from 1 up/);
  assert.throws(
    () => differenceAtPower({ ...options, samples: 10, discordance: 2 }),
    /discordance must be in \[0, 1\]: current value is 2/,
  );
});

Deno.test("differenceAtPower() is the power that drawing test sets shows", () => {
  const samples = 400;
  const discordance = 0.15;
  const delta = differenceAtPower({ samples, discordance, level: 0.05, power: 0.8 })!;
  // A fixed linear congruential sequence stands for chance.
  let state = 1;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  let found = 0;
  for (let draw = 0; draw < 1000; draw++) {
    let b = 0;
    let c = 0;
    for (let i = 0; i < samples; i++) {
      const u = uniform();
      if (u < (discordance + delta) / 2) b++;
      else if (u < discordance) c++;
    }
    if (b > c && mcnemar(b, c) <= 0.05) found++;
  }
  // The exact test is a little conservative.
  assert.ok(found > 720 && found < 840, `found ${found} of 1000`);
});

Deno.test("standardDeviation() and median()", () => {
  assert.equal(standardDeviation([1, 2, 3]), 1);
  assert.equal(standardDeviation([7]), 0);
  assert.ok(Number.isNaN(standardDeviation([])));
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});
