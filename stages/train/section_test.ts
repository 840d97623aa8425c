import assert from "node:assert/strict";
import { trainSection } from "./section.ts";

const parse = (section: unknown) => trainSection.parse(section) as Record<string, unknown>;

Deno.test("the section tells every default of its optimiser and its head", () => {
  const sgd = parse({ optimizer: "sgd" });
  assert.deepEqual([sgd.learningRate, sgd.weightDecay, sgd.momentum], [0.01, 0, 0.9]);
  assert.equal(sgd.beta1, undefined);
  const adam = parse({ optimizer: "adam", learningRate: 0.5 });
  assert.deepEqual([adam.learningRate, adam.beta2, adam.biasCorrection], [0.5, 0.999, true]);
  const mlp = parse({ head: "mlp", activation: "elu" });
  assert.deepEqual([mlp.hidden, mlp.eluAlpha, mlp.dropout], [[128], 1, 0]);
  assert.equal(mlp.leakySlope, undefined);
});

Deno.test("a section with its defaults is read as it is", () => {
  for (const head of ["softmax", "mlp", "cnn", "transfer", "forest"]) {
    const once = parse({ head });
    assert.deepEqual(parse(once), once);
  }
  assert.equal(parse({ head: "forest" }).learningRate, undefined);
});

Deno.test("of a head that is fitted in one go the section tells what it reads", () => {
  assert.deepEqual(Object.keys(parse({ head: "knn", epochs: 5 })), [
    "head",
    "seed",
    "monitor",
    "residentLimit",
  ]);
});
