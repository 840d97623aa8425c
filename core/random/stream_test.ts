import assert from "node:assert/strict";
import fc from "fast-check";
import { philox } from "./philox.ts";
import { hashPurpose, type Purpose } from "./purpose.ts";
import { stream } from "./stream.ts";

const seeds = fc.maxSafeNat();

Deno.test("stream() derives its key as documented", () => {
  const [low, high] = hashPurpose("init");
  const [k0, k1] = philox([low, high, 0, 0], [7, 1]);
  const random = stream(0x100000000 + 7, "init");
  assert.deepEqual(random.key, [k0, k1]);
  const first = [0, 1, 2, 3].map(() => random.uint32());
  assert.deepEqual(first, philox([0, 0, 0, 0], [k0, k1]));
  assert.equal(random.uint32(), philox([1, 0, 0, 0], [k0, k1])[0]);
  assert.deepEqual(random.sub(5).key, philox([5, 0, 1, 0], [k0, k1]).slice(0, 2));
});

Deno.test("hashPurpose() is FNV-1a", () => {
  // The published value for "a" is 0xaf63dc4c8601ec8c.
  assert.deepEqual(hashPurpose("a"), [0x8601ec8c, 0xaf63dc4c]);
  assert.throws(() => hashPurpose("Init"), RangeError);
});

Deno.test("at() finds each word of a stream, and sub() depends on nothing that was drawn", () => {
  fc.assert(fc.property(seeds, fc.nat(50), (seed, index) => {
    const random = stream(seed, "test");
    const sub = stream(seed, "test").sub(index).uint32();
    const words = Array.from({ length: 51 }, () => random.uint32());
    assert.equal(random.at(index), words[index]);
    assert.equal(random.sub(index).uint32(), sub);
  }));
});

Deno.test("streams of other seeds, purposes or places differ", () => {
  const purposes: Purpose[] = ["augment", "dropout", "init", "shuffle", "split"];
  const keys = purposes.flatMap((purpose) =>
    [0, 1, 0x100000000].flatMap((seed) => {
      const random = stream(seed, purpose);
      return [random, random.sub(0), random.sub(1), random.sub(0).sub(0)].map(({ key }) =>
        `${key}`
      );
    })
  );
  assert.equal(new Set(keys).size, keys.length);
});

Deno.test("float32() and float64() are uniform on [0, 1)", () => {
  const random = stream(1, "test");
  for (const draw of [() => random.float32(), () => random.float64()]) {
    const counts = new Array(16).fill(0);
    for (let i = 0; i < 16000; i++) {
      const value = draw();
      assert.ok(value >= 0 && value < 1);
      counts[Math.floor(value * 16)]++;
    }
    const chi = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    assert.ok(chi < 37.7, `${chi}`); // the 99.9 % point at 15 degrees of freedom
  }
});

Deno.test("integer() is uniform below n", () => {
  const random = stream(2, "test");
  const counts = new Array(7).fill(0);
  for (let i = 0; i < 14000; i++) counts[random.integer(7)]++;
  const chi = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  assert.ok(chi < 22.5, `${chi}`); // the 99.9 % point at 6 degrees of freedom
  fc.assert(fc.property(seeds, fc.integer({ min: 1, max: 2 ** 32 }), (seed, n) => {
    const value = stream(seed, "test").integer(n);
    assert.ok(Number.isInteger(value) && value >= 0 && value < n);
  }));
  for (const n of [0, 1.5, -1, 2 ** 32 + 1]) assert.throws(() => random.integer(n), RangeError);
});

Deno.test("normal() has the moments of a standard normal number", () => {
  const random = stream(3, "test");
  const count = 20000;
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const x = random.normal();
    sums.forEach((_, power) => sums[power] += x ** (power + 1));
  }
  const expected = [0, 1, 0, 3];
  const deviation = [1, Math.sqrt(2), Math.sqrt(15), Math.sqrt(96)];
  sums.forEach((sum, i) => {
    const error = Math.abs(sum / count - expected[i]) / (deviation[i] / Math.sqrt(count));
    assert.ok(error < 3.5, `moment ${i + 1}: ${error} standard errors`);
  });
});

Deno.test("permutation() holds each number once, every order as likely", () => {
  fc.assert(fc.property(seeds, fc.nat(60), (seed, n) => {
    const sorted = stream(seed, "shuffle").permutation(n).sort();
    assert.deepEqual([...sorted], [...Array(n).keys()]);
  }));
  const random = stream(4, "shuffle");
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = random.permutation(3).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const chi = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  assert.ok(counts.size === 6 && chi < 20.5, `${chi}`); // 99.9 % at 5 degrees of freedom
});

Deno.test("stream() refuses a seed that is no such integer", () => {
  for (const seed of [-1, 0.5, 2 ** 53, NaN]) {
    assert.throws(() => stream(seed, "init"), {
      name: "RangeError",
      message:
        `Cannot use seed as it must be an integer from 0 to 2^53 - 1: current value is ${seed}`,
    });
  }
});
