import assert from "node:assert/strict";
import fc from "fast-check";
import { comparisonValueNames, pairNames, parseQuantity } from "./value_names.ts";

Deno.test("names are unique, whatever the models are called", () => {
  const part = fc.constantFrom("a", "b", "evaluation");
  const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("-"));
  fc.assert(fc.property(fc.uniqueArray(name, { maxLength: 5 }), (models) => {
    const names = comparisonValueNames(models);
    assert.equal(new Set(names).size, names.length);
  }));
});

Deno.test("a pair that could be another is left out", () => {
  const pairs = pairNames(["a", "b", "a-b", "b-c", "c"]);
  assert.equal(pairs.has("a-b-c"), false);
  assert.equal(pairs.has("a-b"), false);
  assert.deepEqual(pairs.get("c-a"), { left: "c", right: "a" });
});

Deno.test("parseQuantity() knows quantities of models alone", () => {
  const models = ["adam", "adam-w"];
  assert.deepEqual(parseQuantity("adam-w.bestEpoch", models), {
    model: "adam-w",
    quantity: "bestEpoch",
  });
  for (const name of ["adam.tries", "lion.accuracy", "accuracy", "evaluation.images"]) {
    assert.equal(parseQuantity(name, models), undefined, name);
  }
});
