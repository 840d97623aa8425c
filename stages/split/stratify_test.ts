import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../../core/random/stream.ts";
import { shareOut } from "./share_out.ts";
import { stratify } from "./stratify.ts";

const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 });

Deno.test("each class's shares are within one image of exact, and totals hardly drift", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(counts, weights, (counts, weights) => {
    const sum = weights.reduce((a, b) => a + b);
    // Large enough that each part gets an image without a further move.
    const large = counts.map((count) => count + Math.ceil(sum / Math.min(...weights)));
    const shares = shareOut(large, weights);
    for (const [c, row] of shares.entries()) {
      assert.equal(row.reduce((a, b) => a + b), large[c]);
      for (const [p, share] of row.entries()) {
        assert.ok(Math.abs(share - large[c]! * weights[p]! / sum) < 1);
        assert.ok(share >= 1);
      }
    }
    const all = large.reduce((a, b) => a + b);
    for (const [p, weight] of weights.entries()) {
      const total = shares.reduce((total, row) => total + row[p]!, 0);
      assert.ok(Math.abs(total - all * weight / sum) < weights.length);
    }
  }));
});

Deno.test("what one class's rounding took from a part, the next gives back", () => {
  const totals = shareOut(Array(120).fill(12), [0.8, 0.1, 0.1])
    .reduce((sum, row) => sum.map((n, p) => n + row[p]!));
  assert.deepEqual(totals, [1152, 144, 144]);
});

Deno.test("no part of a small class stays empty", () => {
  assert.deepEqual(shareOut([3], [0.8, 0.1, 0.1]), [[1, 1, 1]]);
  assert.deepEqual(shareOut([4], [0.8, 0.1, 0.1]), [[2, 1, 1]]);
});

Deno.test("each image is dealt once, by shares that the seed does not change", () => {
  const labels = fc.array(fc.constantFrom("a", "b", "__proto__"), { minLength: 30, maxLength: 90 });
  fc.assert(fc.property(labels, weights, fc.nat(), (some, weights, seed) => {
    const labels = [...some, ...["a", "b", "__proto__"].flatMap((name) => Array(6).fill(name))];
    const deal = (seed: number) =>
      stratify({ labels, weights, parts: "folds", random: stream(seed, "split") });
    const dealt = deal(seed);
    const other = deal(seed + 1);
    const names = [...new Set(labels)];
    const counts = names.map((name) => labels.filter((label) => label === name).length);
    const count = (dealt: number[]) =>
      names.map((name) =>
        weights.map((_, p) => dealt.filter((part, i) => part === p && labels[i] === name).length)
      );
    assert.deepEqual(count(dealt), shareOut(counts, weights));
    assert.deepEqual(count(other), count(dealt));
    assert.deepEqual(deal(seed), dealt);
  }));
});

Deno.test("the seed decides which images are dealt where", () => {
  const labels = Array(100).fill("a");
  const deal = (seed: number) =>
    stratify({ labels, weights: [1, 1], parts: "folds", random: stream(seed, "split") });
  assert.notDeepEqual(deal(1), deal(2));
});

Deno.test("a class with too few images is refused by name and number", () => {
  const labels = ["a", "a", "a", "__proto__"];
  assert.throws(
    () => stratify({ labels, weights: [8, 1, 1], parts: "partitions", random: stream(1, "split") }),
    new RangeError(
      'Cannot split dataset as class "__proto__" must have at least 3 images for 3 partitions: ' +
        "current number is 1: add images of it, or leave it out",
    ),
  );
});
