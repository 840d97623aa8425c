import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../core/random/stream.ts";
import { chooseSubset } from "./subset.ts";

Deno.test("a subset keeps the classes' proportions within one image", () => {
  const labels = fc.array(fc.constantFrom("a", "b", "__proto__"), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(labels, fc.integer({ min: 1, max: 60 }), fc.nat(), (labels, limit, seed) => {
      const chosen = chooseSubset(labels, limit, stream(seed, "data"));
      assert.equal(chosen.length, Math.min(limit, labels.length));
      assert.deepEqual(chosen, [...new Set(chosen)].sort((a, b) => a - b));
      for (const label of new Set(labels)) {
        const all = labels.filter((other) => other === label).length;
        const kept = chosen.filter((i) => labels[i] === label).length;
        assert.ok(Math.abs(kept - all * chosen.length / labels.length) < 1 + 1e-9);
      }
    }),
  );
});

Deno.test("another seed chooses others, the same seed the same", () => {
  const labels = Array.from({ length: 200 }, (_, i) => i % 2);
  const choose = (seed: number) => chooseSubset(labels, 20, stream(seed, "data"));
  assert.deepEqual(choose(1), choose(1));
  assert.notDeepEqual(choose(1), choose(2));
});
