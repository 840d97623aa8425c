/** What cross-validation promises, whatever the classes and the groups. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sample } from "../../data/samples.ts";
import { SplitParams } from "./params.ts";
import { partitionImages } from "./partition_images.ts";

/** Classes with sizes, and a group for each image. */
const samples = fc.array(fc.integer({ min: 12, max: 40 }), { minLength: 1, maxLength: 6 })
  .map((sizes) =>
    sizes.flatMap((size, label) =>
      Array.from({ length: size }, (_, i): Sample => {
        const id = `${label}/${i}`;
        return { id, label: String(label), group: `g${(i * 7 + label) % 11}`, origin: id };
      })
    )
  );

function folds(all: readonly Sample[], section: object, k: number) {
  return Array.from({ length: k }, (_, i) => {
    const params = SplitParams.parse({ folds: k, fold: i + 1, ...section });
    return partitionImages(all, params).partition;
  });
}

Deno.test("each image is tested in exactly one fold, and is in one partition of the others", () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 2, max: 8 }), fc.nat(), (all, k, seed) => {
      const dealt = folds(all, { seed }, k);
      all.forEach((_, i) => {
        const tested = dealt.filter((partition) => partition[i] === "test").length;
        assert.equal(tested, 1);
      });
      // Stratified: a class's images in two folds differ by one at most.
      for (const label of new Set(all.map(({ label }) => label))) {
        const counts = dealt.map((partition) =>
          partition.filter((own, i) => own === "test" && all[i].label === label).length
        );
        assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join(" "));
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("no group is in two partitions of a fold, and each is tested in exactly one", () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 2, max: 5 }), fc.nat(), (all, k, seed) => {
      let dealt: string[][];
      try {
        dealt = folds(all, { seed, group: true, validation: 0.3 }, k);
      } catch (error) {
        // Some draws have a class that its groups cannot spread: refused in words.
        assert.match(String(error), /by groups as/);
        return;
      }
      for (const group of new Set(all.map(({ group }) => group))) {
        const own = all.flatMap((sample, i) => sample.group === group ? [i] : []);
        const parts = dealt.map((partition) => new Set(own.map((i) => partition[i])));
        assert.ok(parts.every(({ size }) => size === 1), group);
        assert.equal(parts.filter((part) => part.has("test")).length, 1, group);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("more folds than a class has images name the class and its count", () => {
  const label = (name: string, count: number) =>
    Array.from({ length: count }, (_, i): Sample => {
      const id = `${name}${i}`;
      return { id, label: name, group: "", origin: id };
    });
  const all = [...label("a", 9), ...label("b", 4)];
  assert.throws(
    () => folds(all, {}, 5),
    /class "b" must have at least 5 images for 5 folds: current number is 4/,
  );
});
