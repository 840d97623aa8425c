import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../../core/random/stream.ts";
import { dealGroups } from "./deal_groups.ts";

/** Images of groups of the given sizes, each with every class so many times. */
function images(sizes: readonly number[], classes: readonly string[] = ["a", "b"]) {
  const rows = sizes.flatMap((size, g) =>
    classes.flatMap((label) => Array.from({ length: size }, () => ({ label, group: `g${g}` })))
  );
  return { labels: rows.map(({ label }) => label), groups: rows.map(({ group }) => group) };
}

Deno.test("groups stay together and parts are within one group of their exact share", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 10, maxLength: 25 });
  fc.assert(
    fc.property(sizes, fc.nat(), (sizes, seed) => {
      const { labels, groups } = images(sizes);
      const weights = [0.6, 0.2, 0.2];
      const random = stream(seed, "split");
      const dealt = dealGroups({ labels, groups, weights, parts: "partitions", random });
      const parts = new Map(groups.map((group, i) => [group, dealt[i]]));
      assert.ok(groups.every((group, i) => parts.get(group) === dealt[i]));
      for (const [p, weight] of weights.entries()) {
        const count = dealt.filter((part) => part === p).length;
        assert.ok(Math.abs(count - weight * labels.length) <= 2 * Math.max(...sizes));
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("fifteen font families are shared out nearly as 80, 10 and 10 %", () => {
  const sizes = [16, 10, 14, 18, 10, 8, 8, 14, 18, 12, 4, 18, 16, 16, 18];
  const { labels, groups } = images(sizes);
  const chosen = new Set<string>();
  for (let seed = 1; seed <= 10; seed++) {
    const weights = [0.8, 0.1, 0.1];
    const random = stream(seed, "split");
    const dealt = dealGroups({ labels, groups, weights, parts: "partitions", random });
    for (const [p, exact] of [320, 40, 40].entries()) {
      const count = dealt.filter((part) => part === p).length;
      assert.ok(Math.abs(count - exact) <= 8, `seed ${seed}, part ${p}: ${count}`);
    }
    chosen.add(String(new Set(groups.filter((_, i) => dealt[i] === 2)).values().toArray()));
  }
  assert.ok(chosen.size >= 5, `ten seeds chose ${chosen.size} test sets`);
});

Deno.test("groups of one class each are balanced class by class", () => {
  const rows = ["a", "b", "c"].flatMap((label) =>
    Array.from({ length: 12 }, (_, g) => ({ label, group: `${label}${g}` }))
  );
  const dealt = dealGroups({
    labels: rows.map(({ label }) => label),
    groups: rows.map(({ group }) => group),
    weights: [1, 1, 1],
    parts: "folds",
    random: stream(3, "split"),
  });
  for (const label of ["a", "b", "c"]) {
    for (const p of [0, 1, 2]) {
      assert.equal(dealt.filter((part, i) => part === p && rows[i]!.label === label).length, 4);
    }
  }
});

Deno.test("too few groups, none at all, or a class that they cannot spread are refused", () => {
  const deal = (labels: string[], groups: string[]) => () =>
    dealGroups({
      labels,
      groups,
      weights: [8, 1, 1],
      parts: "partitions",
      random: stream(1, "split"),
    });
  assert.throws(deal(["a", "a"], ["", ""]), /by groups as it has none/);
  assert.throws(deal(["a", "a"], ["g", "h"]), /at least 3 groups for 3 partitions.*number is 2/);
  assert.throws(
    deal(["a", "a", "a", "b"], ["g", "h", "i", "i"]),
    /class "b", which stands in 1 groups, do not reach all 3 partitions/,
  );
});
