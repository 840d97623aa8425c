import assert from "node:assert/strict";
import fc from "fast-check";
import { hintFrom, suggest } from "./suggest.ts";

const KEYS = ["optimizer", "learningRate", "weightDecay", "epochs", "batchSize", "patience"];

Deno.test("suggest() finds a name again after one slip", () => {
  const slip = fc.record({
    key: fc.constantFrom(...KEYS),
    at: fc.nat(),
    kind: fc.constantFrom("drop", "double", "swap", "replace"),
  });
  fc.assert(fc.property(slip, ({ key, at, kind }) => {
    const i = at % (key.length - 1);
    const [before, a, b, after] = [key.slice(0, i), key[i], key[i + 1], key.slice(i + 2)];
    const typo = {
      drop: before + b + after,
      double: before + a + a + b + after,
      swap: before + b + a + after,
      replace: before + "#" + b + after,
    }[kind];
    fc.pre(typo !== key);
    assert.equal(suggest(typo, KEYS), key);
  }));
});

Deno.test("suggest() looks past case and separators, and stays silent on strangers", () => {
  assert.equal(suggest("learning_rate", KEYS), "learningRate");
  assert.equal(suggest("BATCH-SIZE", KEYS), "batchSize");
  assert.equal(suggest("colour", KEYS), undefined);
  assert.equal(suggest("epochs", ["epochs"]), undefined);
});

Deno.test("suggest() knows names by their initials", () => {
  assert.equal(suggest("lr", ["l1", ...KEYS]), "learningRate");
  assert.equal(suggest("wd", KEYS), "weightDecay");
  assert.equal(suggest("o", KEYS), undefined);
  assert.equal(suggest("l2", ["l1", ...KEYS]), "l1");
});

Deno.test("hintFrom() lists the names when none is close", () => {
  assert.equal(hintFrom("x", ["alpha", "beta"]), "known: alpha, beta");
  assert.equal(hintFrom("alhpa", ["alpha", "beta"]), "did you mean alpha?");
  assert.equal(hintFrom("x", []), undefined);
});
