import assert from "node:assert/strict";
import { adam } from "./adam.ts";
import { formatRange, isInRange, resolveHyperparameters } from "./hyperparameters.ts";
import { OPTIMIZERS } from "./registry.ts";
import { SLOTS } from "./rules.ts";

Deno.test("resolveHyperparameters() fills defaults in", () => {
  assert.deepEqual(resolveHyperparameters(adam, { learningRate: 0.01, beta1: undefined }), {
    learningRate: 0.01,
    weightDecay: 0,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    epsilonInside: 0,
    biasCorrection: 1,
  });
});

Deno.test("resolveHyperparameters() names the allowed range, or the known names", () => {
  const cases: [Record<string, number>, string][] = [
    [
      { learningRate: -1 },
      "learningRate of optimizer adam as it must be a number in (0, 1000]: current value is -1",
    ],
    [
      { learningRate: 0 },
      "learningRate of optimizer adam as it must be a number in (0, 1000]: current value is 0",
    ],
    [
      { learningRate: NaN },
      "learningRate of optimizer adam as it must be a number in (0, 1000]: current value is NaN",
    ],
    [{ beta1: 1 }, "beta1 of optimizer adam as it must be a number in [0, 1): current value is 1"],
    [
      { momentum: 1 },
      "momentum as optimizer adam has only learningRate, weightDecay, beta1, beta2, " +
      "epsilon, epsilonInside, biasCorrection",
    ],
    [
      { toString: 1 },
      "toString as optimizer adam has only learningRate, weightDecay, beta1, beta2, " +
      "epsilon, epsilonInside, biasCorrection",
    ],
  ];
  for (const [given, message] of cases) {
    assert.throws(() => resolveHyperparameters(adam, given), {
      name: "RangeError",
      message: `Cannot set ${message}`,
    });
  }
});

Deno.test("ranges are formatted and checked at their bounds", () => {
  const hyperparameter = { default: 1, minimum: 0, maximum: 2, description: "" };
  const cases = [
    [undefined, "[0, 2]", true, true],
    ["minimum", "(0, 2]", false, true],
    ["maximum", "[0, 2)", true, false],
    ["both", "(0, 2)", false, false],
  ] as const;
  for (const [exclusive, text, least, greatest] of cases) {
    const bounded = { ...hyperparameter, exclusive };
    assert.equal(formatRange(bounded), text);
    assert.equal(isInRange(0, bounded), least);
    assert.equal(isInRange(2, bounded), greatest);
  }
});

Deno.test("every optimiser's defaults are in range, and its rule has its slots", () => {
  for (const [name, optimizer] of Object.entries(OPTIMIZERS)) {
    assert.equal(optimizer.name, name);
    const values = resolveHyperparameters(optimizer, {});
    const { kind } = optimizer.rule(values as never, 1);
    assert.equal(SLOTS[kind], optimizer.slots.length);
  }
});

Deno.test("Adam's bias corrections are those of its step", () => {
  const values = resolveHyperparameters(adam, { learningRate: 0.01, beta1: 0.5, beta2: 0.75 });
  const rule = adam.rule(values as never, 2);
  assert.equal(rule.kind === "adam" && rule.stepSize, 0.01 / 0.75);
  assert.equal(rule.kind === "adam" && rule.rootScale, 1 / Math.sqrt(0.4375));
});
